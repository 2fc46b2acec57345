package io.busbar.modbus.wire;

/** Which table of registers. */
public enum Space {
  /** Read with function 3, written with 6 or 16. */
  HOLDING,
  /** Read with function 4. */
  INPUT
}
