package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.decide.Standing.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(10);
  private static final Duration MINIMUM_ON = Duration.ofMinutes(15);

  @Test
  void whoWantsWaitsAndWhoGetsChargesAndWhoWantsNothingIsIdle() {
    Standing waiting = Standing.IDLE.wanting(true, NOW);
    Standing charging = waiting.wanting(true, LATER).allocated(1_380, LATER);

    assertThat(waiting).isEqualTo(new Standing(Kind.WAITING, NOW, Duration.ZERO));
    assertThat(waiting.allocated(0, LATER)).isSameAs(waiting);
    assertThat(charging).isEqualTo(new Standing(Kind.CHARGING, LATER, Duration.ZERO));
    assertThat(charging.allocated(2_000, LATER.plusSeconds(10))).isSameAs(charging);
    assertThat(charging.allocated(0, LATER.plusSeconds(20)))
        .isEqualTo(new Standing(Kind.WAITING, LATER.plusSeconds(20), Duration.ofSeconds(20)));
    assertThat(charging.wanting(false, LATER)).isEqualTo(Standing.IDLE);
    assertThat(Standing.IDLE.allocated(0, NOW)).isEqualTo(Standing.IDLE);
  }

  @Test
  void admissionGoesByMinimumTimeThenWaitingThenTimeHad() {
    List<Standing> order =
        List.of(
            charging(14 * 60),
            charging(60),
            waiting(600),
            waiting(5),
            charging(15 * 60),
            charging(60 * 60),
            Standing.IDLE);
    List<Standing> shuffled = new ArrayList<>(order);
    Collections.reverse(shuffled);

    shuffled.sort(Standing.admission(NOW, MINIMUM_ON));

    assertThat(shuffled).isEqualTo(order);
  }

  @Test
  void amongEqualsWhoChargedLessGoesFirst() {
    Standing more = new Standing(Kind.WAITING, NOW, Duration.ofMinutes(30));
    Standing less = new Standing(Kind.WAITING, NOW, Duration.ofMinutes(15));

    assertThat(Standing.admission(NOW, MINIMUM_ON).compare(less, more)).isNegative();
  }

  @Test
  void whoWasPausedRestsAndWhoNeverChargedDoesNot() {
    Standing paused = charging(60).allocated(0, NOW);

    assertThat(paused.isResting(NOW.plusSeconds(29), Duration.ofSeconds(30))).isTrue();
    assertThat(paused.isResting(NOW.plusSeconds(30), Duration.ofSeconds(30))).isFalse();
    assertThat(waiting(1).isResting(NOW, Duration.ofSeconds(30))).isFalse();
  }

  @Test
  void turnsAndRestsBeginWhenTheDeviceHasFollowed() {
    assertThat(charging(60).followedAt(NOW).since()).isEqualTo(NOW);
    assertThat(charging(60).followedAt(NOW.minusSeconds(90))).isEqualTo(charging(60));
    assertThat(charging(60).allocated(0, NOW).followedAt(LATER).since()).isEqualTo(LATER);
    assertThat(waiting(60).followedAt(NOW)).isEqualTo(waiting(60));
  }

  private static Standing charging(int seconds) {
    return new Standing(Kind.CHARGING, NOW.minusSeconds(seconds), Duration.ZERO);
  }

  private static Standing waiting(int seconds) {
    return new Standing(Kind.WAITING, NOW.minusSeconds(seconds), Duration.ZERO);
  }
}
