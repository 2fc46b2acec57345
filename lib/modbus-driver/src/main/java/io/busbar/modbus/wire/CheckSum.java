package io.busbar.modbus.wire;

/** The CRC-16 of Modbus over serial line, section 6.2.2: polynomial 0xA001, least bit first. */
public final class CheckSum {

  private static final int START = 0xFFFF;
  private static final int POLYNOMIAL = 0xA001;
  private static final int BYTE = 0xFF;

  private CheckSum() {}

  /** Check sum of the first bytes; its low byte is sent first. */
  public static int of(byte[] bytes, int length) {
    int sum = START;
    for (int i = 0; i < length; i++) {
      sum ^= bytes[i] & BYTE;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : sum >>> 1 ^ POLYNOMIAL;
      }
    }
    return sum;
  }
}
