package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PvArrayTest {

  private final PvArray array = new PvArray(new UUID(0, 1), 100_000, 45, 0, 7);

  @Test
  void the_sun_stands_highest_at_noon_in_june_and_lowest_in_december() {
    assertThat(array.sineOfElevation(at("2026-06-21T12:00:00Z")))
        .isCloseTo(Math.sin(Math.toRadians(90 - 45 + 23.44)), within(0.01));
    assertThat(array.sineOfElevation(at("2026-12-21T12:00:00Z")))
        .isCloseTo(Math.sin(Math.toRadians(90 - 45 - 23.44)), within(0.01));
  }

  @Test
  void it_gives_nothing_at_night_and_feeds_in_by_day_the_same_every_time() {
    assertThat(array.watts(at("2026-06-21T00:00:00Z"))).isZero();
    int noon = array.watts(at("2026-06-21T12:00:00Z"));
    assertThat(noon).isNegative().isGreaterThan(-100_000);
    assertThat(array.watts(at("2026-06-21T12:00:00Z"))).isEqualTo(noon);
  }

  private static long at(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
