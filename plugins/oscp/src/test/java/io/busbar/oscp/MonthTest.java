package io.busbar.oscp;

import static io.busbar.oscp.Depot.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month with a partner that drops, fails, is slow, repeats itself, mixes up the order and has a
 * clock that is wrong. {@code -Doscp.days=30} for a whole month.
 */
@Verifies({"OS-04", "OS-06", "OS-08"})
class MonthTest {

  private static final int DAYS = Integer.getInteger("oscp.days", 10);
  private static final int COMPARED = Math.min(3, DAYS);
  private static final long SEED = 11;

  @TempDir Path folder;

  @Test
  void noWindowIsMissingOrDoubledAndNoLimitIsExceeded() {
    List<String> days = run(folder.resolve("one"), DAYS);

    assertThat(run(folder.resolve("two"), COMPARED)).isEqualTo(days.subList(0, COMPARED));
  }

  /** Digests of each day: what the partner got, and what counted. */
  private List<String> run(Path data, int length) {
    data.toFile().mkdirs();
    JsonObject rules = new JsonObject().put("heartbeat_seconds", 60);
    try (Depot depot = Depot.online(rules, data)) {
      FlappingPartner partner = new FlappingPartner(depot, SEED);
      long register = 0;
      for (int minute = 1; minute <= length * 1_440; minute++) {
        register += 100;
        depot.measure(1, 6_000, register);
        partner.minute(minute);
        depot.clock().advanceTo(NOW.plus(Duration.ofMinutes(minute)));
        assertThat(depot.watts().orElse(Integer.MAX_VALUE))
            .as("at minute %d, seed %d", minute, SEED)
            .isLessThanOrEqualTo(partner.limit(depot.stage() == ConnectionStage.ONLINE));
      }
      partner.calm();
      depot.leap(Duration.ofHours(2));
      assertWindows(partner, length);
      return partner.digests();
    }
  }

  private static void assertWindows(FlappingPartner partner, int days) {
    TreeMap<Instant, Long> windows = partner.windows();
    List<Instant> expected =
        Stream.iterate(windows.firstKey(), end -> end.plusSeconds(900)).limit(days * 96L).toList();

    assertThat(windows.values()).as("each once").containsOnly(1L);
    assertThat(windows.keySet()).containsAll(expected);
    assertThat(windows.firstKey()).isBeforeOrEqualTo(NOW.plusSeconds(900));
  }
}
