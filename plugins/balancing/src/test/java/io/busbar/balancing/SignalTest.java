package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.Reading;
import io.busbar.api.topology.LineAmps;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@Verifies({"FR-004", "NFR-002"})
class SignalTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final OptionalLong NO_REGISTER = OptionalLong.empty();

  private final Signal signal = new Signal();

  private boolean take(int second, int watts, OptionalLong register, Double... amps) {
    Reading reading =
        new Reading(
            SiteSketch.id("m"),
            at(second),
            OptionalInt.of(watts),
            register,
            List.of(amps),
            Optional.empty(),
            OptionalInt.empty());
    return signal.take(reading, at(Math.max(second, 0) + 30));
  }

  private static Instant at(int second) {
    return NOW.plusSeconds(second);
  }

  @Test
  void aValueRepeatsItselfSinceItsFirstReading() {
    take(0, 500, NO_REGISTER);
    take(1, 700, NO_REGISTER);
    take(5, 700, NO_REGISTER);
    take(9, 700, NO_REGISTER);

    assertThat(signal.sameSince()).isEqualTo(at(1));

    take(10, 701, NO_REGISTER);
    assertThat(signal.sameSince()).isEqualTo(at(10));
  }

  @Test
  void aRegisterThatMovesShowsThatTheDeviceIsAlive() {
    take(0, 700, OptionalLong.of(10));
    take(5, 700, OptionalLong.of(11));
    assertThat(signal.sameSince()).isEqualTo(at(5));

    take(9, 700, OptionalLong.of(11));
    assertThat(signal.sameSince()).isEqualTo(at(5));
  }

  @Test
  void currentsThatMoveShowItToo() {
    take(0, 700, NO_REGISTER, 1.0, 1.0, 1.0);
    take(5, 700, NO_REGISTER, 1.0, 1.1, 0.9);

    assertThat(signal.sameSince()).isEqualTo(at(5));
    assertThat(signal.amps()).contains(new LineAmps(1.0, 1.1, 0.9));
  }

  @Test
  void currentsBelongToTheReadingTheyCameWith() {
    take(0, 700, NO_REGISTER, 1.0, 1.0, 1.0);
    take(5, 900, NO_REGISTER);

    assertThat(signal.amps()).isEmpty();
  }

  @Test
  void anOlderReadingDoesNotCount() {
    take(5, 700, NO_REGISTER);

    assertThat(take(4, 900, NO_REGISTER)).isFalse();
    assertThat(signal.powerWatts()).isEqualTo(700);
  }

  @Test
  void aReadingFromAClockThatRanAheadGivesWayToTheNext() {
    Reading ahead = Reading.ofPower(SiteSketch.id("m"), at(3_600), 100);
    signal.take(ahead, at(30));

    assertThat(take(1, 700, NO_REGISTER)).isTrue();
    assertThat(signal.powerAt()).isEqualTo(at(1));
    assertThat(signal.powerWatts()).isEqualTo(700);
    assertThat(signal.sameSince()).isEqualTo(at(1));
  }
}
