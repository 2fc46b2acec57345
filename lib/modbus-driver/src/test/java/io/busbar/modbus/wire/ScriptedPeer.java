package io.busbar.modbus.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that answers with exactly the bytes a test gives it, however wrong they are. */
final class ScriptedPeer implements AutoCloseable {

  private static final int TCP_HEADER = 6;

  /** What to do with a request, given its number from 1. */
  @FunctionalInterface
  interface Script {
    void answer(int number, byte[] request, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Framing framing;
  private final Script script;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger dealtWith = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ScriptedPeer(Framing framing, Script script) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.framing = framing;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  Peer peer() {
    return new Peer("127.0.0.1", server.getLocalPort(), framing);
  }

  /** Requests that were dealt with, whatever came of it. */
  int dealtWith() {
    return dealtWith.get();
  }

  /** Waits as a slow device does. */
  static void idle(Duration time) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  int connections() {
    return sockets.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (true) {
        byte[] request = framing == Framing.TCP ? tcp(in) : rtu(in);
        try {
          script.answer(requests.incrementAndGet(), request, socket.getOutputStream());
        } finally {
          dealtWith.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The client left, or the script wanted the connection to end.
    }
  }

  private static byte[] tcp(InputStream in) throws IOException {
    byte[] header = in.readNBytes(TCP_HEADER);
    if (header.length < TCP_HEADER) {
      throw new EOFException();
    }
    byte[] rest = in.readNBytes(header[5]);
    return HexFormat.of().parseHex(HexFormat.of().formatHex(header) + hex(rest));
  }

  /** Reads and function 6 only, which are all of one length. */
  private static byte[] rtu(InputStream in) throws IOException {
    byte[] frame = in.readNBytes(8);
    if (frame.length < 8) {
      throw new EOFException();
    }
    return frame;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** An answer with the transaction id of a request. */
  static byte[] answering(byte[] request, String afterTransaction) {
    return HexFormat.of().parseHex(hex(request).substring(0, 4) + afterTransaction);
  }

  /** An RTU frame with its check sum. */
  static byte[] summed(String body) {
    byte[] bytes = HexFormat.of().parseHex(body);
    int sum = CheckSum.of(bytes, bytes.length);
    return HexFormat.of().parseHex(body + "%02x%02x".formatted(sum & 0xFF, sum >>> 8));
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
