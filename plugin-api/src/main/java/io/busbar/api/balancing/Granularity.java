package io.busbar.api.balancing;

/** Among whom power is shared. */
public enum Granularity {
  /** Among connectors: each has a share of its own. */
  CONNECTOR,
  /** Among charge points: each has one share, however many vehicles it splits it among. */
  CHARGE_POINT
}
