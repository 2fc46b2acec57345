package io.busbar.wire;

import java.util.Arrays;

/** Whole numbers and bytes, one after the other; small numbers take few bytes. */
final class ByteSink {

  private static final int LOW = 0x7f;
  private static final int BITS = 7;

  private byte[] bytes = new byte[512];
  private int size;

  /** A number of either sign: near 0 in one byte, at most ten. */
  void number(long value) {
    natural(value << 1 ^ value >> Long.SIZE - 1);
  }

  /** A number, taken as unsigned: below 128 in one byte, at most ten. */
  void natural(long value) {
    long rest = value;
    ensure(10);
    while ((rest & ~LOW) != 0) {
      bytes[size++] = (byte) (rest & LOW | LOW + 1);
      rest >>>= BITS;
    }
    bytes[size++] = (byte) rest;
  }

  void bytes(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }
}
