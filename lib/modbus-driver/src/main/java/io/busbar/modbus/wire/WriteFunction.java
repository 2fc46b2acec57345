package io.busbar.modbus.wire;

/** How registers are written; a device often accepts only one of the two. */
public enum WriteFunction {
  /** Function 6, one register. */
  SINGLE,
  /** Function 16, several registers at once. */
  MULTIPLE
}
