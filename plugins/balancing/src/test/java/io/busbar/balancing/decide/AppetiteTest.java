package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.VehicleState;
import io.busbar.balancing.SiteSketch;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppetiteTest {

  private static final Instant START = Situation.NOW;
  private static final int MAX = SiteSketch.MAX;

  private final ConnectorRating rating =
      new SiteSketch().grid("g", 50_000).connectors("g", "a").tree().connectors().getFirst();
  private final Appetite appetite = new Appetite(rating, Situation.POLICY);

  @Test
  void aVehicleThatDoesNotDrawAlthoughItMayIsSatisfiedAfterTheTakeUpTime() {
    connected(0, MAX, 0);
    connected(15, MAX, 0);
    assertThat(appetite.isSatisfied()).isFalse();

    connected(16, MAX, 0);
    assertThat(appetite.isSatisfied()).isTrue();
  }

  @Test
  void theTakeUpTimeBeginsWhenItsMinimumIsConfirmed() {
    connected(0, 0, 0);
    connected(100, 0, 0);
    connected(110, MAX, 105);
    connected(120, MAX, 105);
    assertThat(appetite.isSatisfied()).isFalse();

    connected(126, MAX, 105);
    assertThat(appetite.isSatisfied()).isTrue();
  }

  @Test
  void aPausedVehicleIsNeverSatisfied() {
    for (int second = 0; second < 600; second += 10) {
      connected(second, 0, 0);
    }

    assertThat(appetite.isSatisfied()).isFalse();
  }

  @Test
  void aSatisfiedVehicleIsForgottenWhenItDrawsOrLeaves() {
    satisfy();
    charging(60, 3_000, MAX, 0);
    assertThat(appetite.isSatisfied()).isFalse();

    satisfy();
    observe(200, VehicleState.NONE, 0, 0, 0);
    assertThat(appetite.isSatisfied()).isFalse();
  }

  @Test
  void aSatisfiedVehicleIsOfferedItsMinimumAgainAfterAWhileAndMoreWhenItDraws() {
    satisfy();
    connected(16 + 1_799, 0, 0);
    assertThat(appetite.isSatisfied()).isTrue();

    connected(16 + 1_800, 0, 0);
    assertThat(appetite.isSatisfied()).isFalse();
    assertThat(appetite.usefulWatts()).isEqualTo(SiteSketch.MIN);

    charging(1_830, SiteSketch.MIN, SiteSketch.MIN, 1_820);
    assertThat(appetite.usefulWatts()).isEqualTo(MAX);
  }

  @Test
  void eachOfferThatIsLeftUnusedDoublesTheTimeToTheNextUpToEightTimes() {
    satisfy();
    int at = 16;
    for (int times : new int[] {1, 2, 4, 8, 8}) {
      connected(at + times * 1_800 - 1, 0, 0);
      assertThat(appetite.isSatisfied()).as("before %d times", times).isTrue();
      at += times * 1_800;
      connected(at, 0, 0);
      assertThat(appetite.isSatisfied()).as("after %d times", times).isFalse();

      connected(at + 1, SiteSketch.MIN, at + 1);
      at += 17;
      connected(at, SiteSketch.MIN, at - 16);
      assertThat(appetite.isSatisfied()).as("declined after %d times", times).isTrue();
    }
  }

  @Test
  void aVehicleThatDrawsClearlyLessForAWhileIsAskedForLittleMore() {
    charging(0, 3_000, MAX, 0);
    charging(29, 3_000, MAX, 0);
    assertThat(appetite.usefulWatts()).isEqualTo(MAX);

    charging(30, 3_000, MAX, 0);
    assertThat(appetite.usefulWatts()).isEqualTo(3_150);
  }

  @Test
  void thePeakOfTheWhileCounts() {
    charging(0, 3_000, MAX, 0);
    charging(10, 4_000, MAX, 0);
    charging(30, 3_000, MAX, 0);

    assertThat(appetite.usefulWatts()).isEqualTo(4_200);
  }

  @Test
  void aVehicleThatUsesItsMarginIsGivenMoreUntilItHasAll() {
    charging(0, 3_000, MAX, 0);
    charging(30, 3_000, MAX, 0);
    int before = appetite.usefulWatts();

    for (int second = 40; second < 400; second += 10) {
      charging(second, appetite.usefulWatts(), appetite.usefulWatts(), second - 5);
      assertThat(appetite.usefulWatts()).isGreaterThanOrEqualTo(before);
      before = appetite.usefulWatts();
    }

    assertThat(before).isEqualTo(MAX);
  }

  @Test
  void aVehicleHeldDownByItsSetPointKeepsItsRequest() {
    for (int second = 0; second < 300; second += 10) {
      charging(second, 2_000, 2_000, 0);
    }

    assertThat(appetite.usefulWatts()).isEqualTo(MAX);
  }

  @Test
  void aRaisedSetPointGivesTheVehicleTimeToFollow() {
    charging(0, 2_000, 2_000, 0);
    charging(10, 2_000, MAX, 9);
    charging(38, 2_000, MAX, 9);
    assertThat(appetite.usefulWatts()).isEqualTo(MAX);
  }

  @Test
  void aVehicleThatDrawsLessThanTheMinimumIsAskedForTheMinimum() {
    charging(0, 400, MAX, 0);
    charging(30, 400, MAX, 0);

    assertThat(appetite.usefulWatts()).isEqualTo(SiteSketch.MIN);
  }

  @Test
  void whatIsLearnedIsAStepThatTheDeviceHasAndNotBelowWhatIsDrawn() {
    ConnectorRating coarse =
        new SiteSketch()
            .grid("g", 50_000)
            .stepAmps(8)
            .connectors("g", "a")
            .tree()
            .connectors()
            .getFirst();
    Appetite stepped = new Appetite(coarse, Situation.POLICY);
    for (int second = 0; second <= 30; second += 10) {
      stepped.observe(seen(second, VehicleState.CHARGING, 3_300, MAX, 0));
    }

    assertThat(stepped.usefulWatts()).isEqualTo(16 * 230);
  }

  @Test
  void theNextVehicleIsNotTakenForTheOneBefore() {
    charging(0, 3_000, MAX, 0);
    charging(30, 3_000, MAX, 0);
    appetite.begin();

    assertThat(appetite.usefulWatts()).isEqualTo(MAX);
  }

  private void satisfy() {
    connected(0, MAX, 0);
    connected(16, MAX, 0);
    assertThat(appetite.isSatisfied()).isTrue();
  }

  private void connected(int second, int allowed, int allowedSince) {
    observe(second, VehicleState.CONNECTED, 0, allowed, allowedSince);
  }

  private void charging(int second, int draw, int allowed, int allowedSince) {
    observe(second, VehicleState.CHARGING, draw, allowed, allowedSince);
  }

  private void observe(int second, VehicleState state, int draw, int allowed, int since) {
    appetite.observe(seen(second, state, draw, allowed, since));
  }

  private static Appetite.Observation seen(
      int second, VehicleState state, int draw, int allowed, int since) {
    Instant allowedSince = START.plusSeconds(since);
    return new Appetite.Observation(
        START.plusSeconds(second),
        state,
        draw,
        allowed,
        allowedSince,
        allowed >= SiteSketch.MIN,
        allowedSince);
  }
}
