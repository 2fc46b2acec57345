package io.busbar.modbus.map;

/**
 * Connectors of one device.
 *
 * @param max most of them
 * @param addressing how they are told apart
 * @param stride distance between the registers of two connectors, where addresses tell
 */
public record Points(int max, Addressing addressing, int stride) {

  /** How the connectors of a device are told apart. */
  public enum Addressing {
    /** There is one. */
    NONE,
    /** By unit id. */
    UNIT,
    /** By address. */
    STRIDE,
    /** By TCP port, each one more than the last. */
    PORT
  }
}
