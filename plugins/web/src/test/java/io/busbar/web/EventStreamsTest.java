package io.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.testkit.LeapClock;
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

  /** Ids begin with the time of the start. */
  private static final long START = LeapClock.START.getEpochSecond() * 1_000_000;

  @TempDir private Path data;

  /** A client that reads when it is told to. */
  private static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Listener(Door door, int lastSeen) throws IOException {
      this(door, lastSeen == NO_EVENT ? "" : "Last-Event-ID: " + (START + lastSeen) + "\r\n");
    }

    Listener(Door door, String header) throws IOException {
      socket = new Socket("127.0.0.1", door.port());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String request =
          "GET /api/microgrid/%s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
              .formatted(SITE, door.adminToken(), header);
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
          ids.add((int) (Long.parseLong(line.substring(4)) - START));
        }
      }
      return ids;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Door door() {
    Door door = new Door(data);
    Microgrid site = new Microgrid(SITE, new UUID(0, 3), "Depot", "UTC", 1);
    door.bus().answer(TopologyAddresses.LIST_SITES, asked -> new SiteList(List.of(site)));
    return door;
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
    try (Door door = door()) {
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
  void whoSawWhatNobodyKnowsGetsAllThatIsKept() throws IOException {
    try (Door door = door()) {
      for (int i = 0; i < 5; i++) {
        tell(door, 1);
      }
      for (String last : new String[] {"17", "9".repeat(18), "9".repeat(40), "abc", "-1"}) {
        try (Listener lost = new Listener(door, "Last-Event-ID: " + last + "\r\n")) {
          assertThat(lost.idsUpTo(5)).as(last).containsExactly(3, 4, 5);
        }
      }
    }
  }

  @Test
  void aMicrogridThatIsNotThereHasNoEvents() {
    try (Door door = door()) {
      assertThat(door.get("/api/microgrid/" + new UUID(7, 7) + "/events").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void whoDoesNotReadIsCutOffAndOthersGetEverything() throws IOException {
    try (Door door = door();
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
