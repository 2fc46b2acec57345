package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.LeapClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private final LeapClock time = new LeapClock();
  private final List<String> jumps = new ArrayList<>();
  private Duration ahead = Duration.ZERO;
  private final SteadyClock clock =
      new SteadyClock(new Set(), time, (by, now) -> jumps.add(by + " to " + now));

  /** A clock that is set now and then. */
  private final class Set extends Clock {
    @Override
    public Instant instant() {
      return time.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void timeThatPassesIsNoJump() {
    for (int hour = 0; hour < 100; hour++) {
      time.advance(Duration.ofHours(1));
      assertThat(clock.instant()).isEqualTo(time.instant());
    }
    assertThat(jumps).isEmpty();
  }

  @Test
  void aClockThatIsSetIsToldOnceBeforeAnybodySeesIt() {
    time.leapSeconds(10);
    ahead = Duration.ofSeconds(-3_600);
    assertThat(clock.instant()).isEqualTo(LeapClock.START.plusSeconds(10 - 3_600));
    assertThat(jumps).containsExactly("PT-1H to 2026-03-02T09:00:10Z");

    time.leapSeconds(10);
    clock.instant();
    assertThat(jumps).hasSize(1);

    ahead = Duration.ZERO;
    clock.instant();
    assertThat(jumps).hasSize(2).last().isEqualTo("PT1H to 2026-03-02T10:00:20Z");
  }

  @Test
  void smallCorrectionsCountWhenTheyAddUp() {
    for (int step = 1; step <= 9; step++) {
      ahead = Duration.ofMillis(100 * step);
      clock.instant();
    }
    assertThat(jumps).isEmpty();

    ahead = Duration.ofMillis(1_000);
    clock.instant();
    assertThat(jumps).containsExactly("PT1S to 2026-03-02T10:00:01Z");
  }
}
