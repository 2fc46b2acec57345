package io.busbar.api.envelope;

/** What counts while a source is healthy but has no active block. */
public enum GapPolicy {
  /** No limit of the source: the circuit's default capacity. */
  CIRCUIT_DEFAULT,
  /** The circuit's fail-safe capacity. */
  FAIL_SAFE,
  /** The value of the last block. */
  HOLD_LAST,
  /** The active FALLBACK block; the fail-safe capacity when there is none. */
  FALLBACK_FORECAST
}
