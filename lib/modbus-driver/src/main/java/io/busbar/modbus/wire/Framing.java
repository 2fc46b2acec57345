package io.busbar.modbus.wire;

/** How a Modbus message is wrapped on a TCP connection. */
public enum Framing {
  /** Modbus TCP: a header with transaction id and length. */
  TCP,
  /** RTU frames with a check sum, as a transparent serial server passes them. */
  RTU_OVER_TCP
}
