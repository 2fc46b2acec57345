package io.busbar.api.balancing;

/** Why a cycle ended as it did. The order of declaration is the order in every result. */
public enum ReasonCode {
  TOPOLOGY_INVALID,
  TOPOLOGY_VERSION_CONFLICT,
  /** A circuit, grid connection or virtual node above a connector binds. */
  ANCESTOR_CAP_EXCEEDED,
  /** The microgrid's aggregate cap binds while every node is within its own. */
  AGGREGATE_CAP_EXCEEDED,
  /** A connector's or charge point's own limit binds below what is wanted. */
  NODE_CAP_EXCEEDED,
  TELEMETRY_STALE_FALLBACK_USED,
  LEGACY_ALIAS_TRANSLATION_APPLIED
}
