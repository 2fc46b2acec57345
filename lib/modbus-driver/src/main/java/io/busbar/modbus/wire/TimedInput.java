package io.busbar.modbus.wire;

import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Bytes of a socket with one deadline for all of them. A timeout of the socket alone would begin
 * anew with every byte that drips in.
 */
final class TimedInput {

  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private final InputStream stream;
  private long deadline;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.stream = socket.getInputStream();
  }

  /**
   * Sets when everything read from now on must be there.
   *
   * @param nanoTime as of {@link System#nanoTime()}
   */
  void deadline(long nanoTime) {
    deadline = nanoTime;
  }

  /** Whether something is there that was not asked for. */
  boolean hasUnasked() throws IOException {
    return stream.available() > 0;
  }

  /** Drops what has arrived. */
  void drop() throws IOException {
    while (stream.available() > 0) {
      stream.skipNBytes(stream.available());
    }
  }

  byte[] read(int count) throws WireException, IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      int got = readSome(bytes, have);
      if (got < 0) {
        throw new WireException(Kind.CLOSED, "the peer closed the connection");
      }
      have += got;
    }
    return bytes;
  }

  private int readSome(byte[] bytes, int have) throws WireException, IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw late();
    }
    socket.setSoTimeout((int) Math.max(1, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
    try {
      return stream.read(bytes, have, bytes.length - have);
    } catch (SocketTimeoutException e) {
      throw late();
    }
  }

  private static WireException late() {
    return new WireException(Kind.TIMEOUT, "no complete answer in time");
  }
}
