package io.busbar.modbus.lane;

/** What goes first when several requests wait for one connection. */
public enum Priority {
  /** Keeps a device's watchdog from running out. */
  FEED,
  /** A changed set-point. */
  SET_POINT,
  /** Values that balancing needs. */
  FAST_POLL,
  /** Values that change rarely. */
  SLOW_POLL
}
