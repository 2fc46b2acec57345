package io.busbar.testkit;

import io.busbar.api.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wire to a PostgreSQL that can break in the worst moment: when a commit has arrived and its
 * answer has not come back.
 */
public final class LossyWire implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final DatabaseAccess to;
  private final ServerSocket door;
  private final AtomicBoolean lossy = new AtomicBoolean();

  public LossyWire(DatabaseAccess to) {
    this.to = to;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** The same database at the other end. */
  public DatabaseAccess access() {
    return new DatabaseAccess(
        "127.0.0.1", door.getLocalPort(), to.database(), to.user(), to.password(), to.schema());
  }

  /** The next commit is made, but its connection breaks before anybody is told. */
  public void loseNextCommit() {
    lossy.set(true);
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(to.host(), to.port());
        AtomicBoolean lost = new AtomicBoolean();
        Thread.startVirtualThread(() -> ask(near, far, lost));
        Thread.startVirtualThread(() -> answer(far, near, lost));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void ask(Socket near, Socket far, AtomicBoolean lost) {
    byte[] chunk = new byte[CHUNK];
    try (near;
        far) {
      for (int read = near.getInputStream().read(chunk); read > 0; ) {
        String text = new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
        if (text.contains("COMMIT") && lossy.compareAndSet(true, false)) {
          lost.set(true);
        }
        far.getOutputStream().write(chunk, 0, read);
        read = near.getInputStream().read(chunk);
      }
    } catch (IOException e) {
      // one of them is gone, and the other goes with it
    }
  }

  private static void answer(Socket far, Socket near, AtomicBoolean lost) {
    byte[] chunk = new byte[CHUNK];
    try (near;
        far) {
      int read = far.getInputStream().read(chunk);
      while (read > 0 && !lost.get()) {
        near.getOutputStream().write(chunk, 0, read);
        read = far.getInputStream().read(chunk);
      }
    } catch (IOException e) {
      // one of them is gone, and the other goes with it
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
