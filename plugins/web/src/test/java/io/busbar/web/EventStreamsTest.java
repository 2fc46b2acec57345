package io.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live events over a socket that the test reads itself, or does not. */
@Timeout(60)
class EventStreamsTest {

  private static final UUID SITE = new UUID(0, 1);
  private static final int NO_EVENT = -1;

  @TempDir private Path data;

  /** A client that reads when it is told to. */
  private static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Listener(Door door, int lastSeen) throws IOException {
      socket = new Socket("127.0.0.1", door.port());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String request =
          "GET /api/microgrid/%s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
              .formatted(
                  SITE,
                  door.adminToken(),
                  lastSeen == NO_EVENT ? "" : "Last-Event-ID: " + lastSeen + "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
      skipTo("retry: 2000");
    }

    private void skipTo(String wanted) throws IOException {
      String line = in.readLine();
      while (!wanted.equals(line)) {
        assertThat(line).as("before '%s'", wanted).isNotNull();
        line = in.readLine();
      }
    }

    /** Ids as they come, up to the last one. */
    List<Integer> idsUpTo(int last) throws IOException {
      List<Integer> ids = new ArrayList<>();
      while (ids.isEmpty() || ids.getLast() < last) {
        String line = in.readLine();
        assertThat(line).as("after events %s", ids).isNotNull();
        if (line.startsWith("id: ")) {
          ids.add(Integer.valueOf(line.substring(4)));
        }
      }
      return ids;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void tell(Door door, int readings) {
    Reading one = Reading.ofPower(new UUID(0, 2), door.context().clock().instant(), 7);
    door.bus()
        .tell(
            FieldAddresses.READINGS.at(SITE),
            new Readings(SITE, "test", Collections.nCopies(readings, one)));
  }

  @Test
  void whoReturnsGetsWhatHappenedMeanwhileAsFarAsItIsKept() throws IOException {
    try (Door door = new Door(data)) {
      for (int i = 0; i < 5; i++) {
        tell(door, 1);
      }
      try (Listener behind = new Listener(door, 3);
          Listener farBehind = new Listener(door, 0);
          Listener fresh = new Listener(door, NO_EVENT)) {
        assertThat(behind.idsUpTo(5)).containsExactly(4, 5);
        assertThat(farBehind.idsUpTo(5)).containsExactly(3, 4, 5);
        tell(door, 1);
        assertThat(fresh.idsUpTo(6)).containsExactly(6);
      }
    }
  }

  @Test
  void whoDoesNotReadIsCutOffAndOthersGetEverything() throws IOException {
    try (Door door = new Door(data);
        Listener slow = new Listener(door, NO_EVENT);
        Listener good = new Listener(door, NO_EVENT)) {
      assertThat(slow.socket.isConnected()).isTrue();
      int events = 60;
      for (int event = 1; event <= events; event++) {
        tell(door, 4_000);
        assertThat(good.idsUpTo(event)).containsExactly(event);
      }

      assertThat(door.context().metrics().gauge("live_streams")).isEqualTo(1);
    }
  }
}
