package io.busbar.wire;

import java.util.Arrays;

/** Reads what a {@link ByteSink} took. */
final class ByteSource {

  private static final int LOW = 0x7f;
  private static final int BITS = 7;

  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = natural();
    return value >>> 1 ^ -(value & 1);
  }

  long natural() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      need(1);
      byte next = bytes[at++];
      value |= (long) (next & LOW) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("byte " + at + " should end a number");
  }

  /** A count of things of which each takes at least one byte, or many share one. */
  int count() {
    long count = natural();
    if (count < 0 || count > Integer.MAX_VALUE / 16) {
      throw new IllegalArgumentException("byte " + at + " should be a count, but is " + count);
    }
    return (int) count;
  }

  byte[] bytes(int length) {
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private void need(int more) {
    if (more > bytes.length - at) {
      throw new IllegalArgumentException(
          "%d bytes end where %d more are expected".formatted(bytes.length, more));
    }
  }

  void end() {
    if (at < bytes.length) {
      throw new IllegalArgumentException(
          "%d bytes where %d are expected".formatted(bytes.length, at));
    }
  }
}
