package io.busbar.balancing.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 that numbers and texts are put into, each so that it cannot be taken for another. */
final class Sha256 {

  private static final int BUFFER = 4096;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  Sha256() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Sha256 put(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  Sha256 put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  Sha256 put(byte[] bytes) {
    put(bytes.length);
    if (bytes.length > buffer.remaining()) {
      flush();
      digest.update(bytes);
    } else {
      buffer.put(bytes);
    }
    return this;
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** In hexadecimal; begins anew. */
  String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
