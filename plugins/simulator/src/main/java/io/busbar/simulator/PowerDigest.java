package io.busbar.simulator;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over every change of every power, and with that over the power of every second. */
final class PowerDigest {

  private static final int ENTRY = Long.BYTES + 2 * Integer.BYTES;

  private final MessageDigest digest = sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(512 * ENTRY);

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void changed(long second, int node, int watts) {
    if (buffer.remaining() < ENTRY) {
      flush();
    }
    buffer.putLong(second).putInt(node).putInt(watts);
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** The digest up to here, in hexadecimal; more may follow. */
  String soFar() {
    flush();
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
