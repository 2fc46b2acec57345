package io.busbar.balancing.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Verifies("NFR-004")
class BookTest {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final ApplyRules RULES =
      new ApplyRules(2, 100, Duration.ofSeconds(5), Duration.ofSeconds(5));
  private static final int FAIL_SAFE = 8 * 230;

  private final ConnectorRating rating =
      new SiteSketch()
          .failSafeAmps(8)
          .grid("g", 50_000)
          .connectors("g", "a")
          .tree()
          .connectors()
          .getFirst();
  private final Book book = new Book(rating, RULES, START);

  @Test
  void aDeviceNeverHeardOfMayAllowAllUntilItsWatchdogHasRunOut() {
    assertThat(book.booked()).isEqualTo(SiteSketch.MAX);

    book.tick(at(59));
    assertThat(book.booked()).isEqualTo(SiteSketch.MAX);

    book.tick(at(60));
    assertThat(book.booked()).isEqualTo(FAIL_SAFE);
  }

  @Test
  void whatADeviceReportsFirstIsAdopted() {
    book.readBack(3_000, at(0), at(0));

    assertThat(book.booked()).isEqualTo(3_000);
    assertThat(book.confirmed()).isEqualTo(3_000);
  }

  /** It may have started anew since then, or its watchdog may have run out. */
  @Test
  void whatWasReadOfADeviceBeforeTheStartIsNeverEnough() {
    Book early = new Book(rating, RULES, at(5));
    early.readBack(0, at(1), at(1));

    early.tick(at(65));
    assertThat(early.booked()).isEqualTo(FAIL_SAFE);

    early.readBack(0, at(66), at(66));
    assertThat(early.booked()).isZero();
  }

  @Test
  void untilNothingOfAnEarlierRunIsUnderWayADeviceMayBeToldAnything() {
    Book early = new Book(rating, RULES, at(5));
    early.readBack(2_000, at(1), at(1));
    assertThat(early.booked()).isEqualTo(SiteSketch.MAX);
    assertThat(early.least()).isEqualTo(2_000);

    early.readBack(2_000, at(4), at(6));
    assertThat(early.booked()).as("read too early").isEqualTo(SiteSketch.MAX);

    early.readBack(2_000, at(6), at(6));
    assertThat(early.booked()).isEqualTo(2_000);
  }

  @Test
  void aSetPointThatIsConfirmedAfterThatTimeMakesSureToo() {
    Book early = new Book(rating, RULES, at(5));
    early.readBack(2_000, at(1), at(1));
    early.ask(1_500, at(2));
    early.confirm(1_500, at(6));
    assertThat(early.booked()).as("sent too early").isEqualTo(SiteSketch.MAX);

    early.ask(1_500, at(7));
    early.confirm(1_500, at(8));
    early.tick(at(13));
    assertThat(early.booked()).isEqualTo(1_500);
  }

  @Test
  void whatIsLostMayBeWhatTheDeviceHasInEitherDirection() {
    adopt(4_000);
    book.ask(2_000, at(1));
    book.lose(at(6));
    assertThat(book.booked()).isEqualTo(4_000);
    assertThat(book.least()).isEqualTo(2_000);
    assertThat(book.has(4_000)).isFalse();

    book.ask(4_000, at(11));
    book.confirm(4_000, at(12));
    assertThat(book.least()).isEqualTo(4_000);
    assertThat(book.has(4_000)).isTrue();
  }

  @Test
  void aDeviceIsReadEvenWhileASetPointIsUnderWay() {
    adopt(2_000);
    book.ask(1_500, at(1));

    book.readBack(6_000, at(2), at(2));

    assertThat(book.booked()).isEqualTo(6_000);
  }

  @Test
  void aReadingFromAClockAheadLowersNothing() {
    adopt(4_000);

    book.readBack(0, at(3), at(1));

    assertThat(book.booked()).isEqualTo(4_000);
    assertThat(book.least()).isZero();
    assertThat(book.has(4_000)).as("to be asked again").isFalse();
  }

  @Test
  void aClockThatIsSetMakesNoDifferenceToHowLongThingsLast() {
    adopt(4_000);
    book.ask(2_000, at(10));
    book.confirm(2_000, at(11));

    book.shift(Duration.ofHours(-1), at(30 - 3_600));
    book.tick(at(15 - 3_600));
    assertThat(book.booked()).as("still settling").isEqualTo(4_000);
    book.tick(at(16 - 3_600));
    assertThat(book.booked()).isEqualTo(2_000);
    assertThat(book.isFree(at(16 - 3_600))).isTrue();
    assertThat(book.needsRefresh(at(39 - 3_600))).isFalse();
    assertThat(book.needsRefresh(at(41 - 3_600))).isTrue();
  }

  /** Read before the clock was set back, heard afterwards: it seems to be the newest. */
  @Test
  void whatSeemsToBeReadInTheFutureMayBeSoOrNot() {
    adopt(0);
    book.shift(Duration.ofSeconds(-20), at(60));
    book.readBack(7_000, at(15), at(5));

    assertThat(book.booked()).as("it may have that").isEqualTo(7_000);
    assertThat(book.least()).as("to lower it to less may raise it").isZero();
  }

  @Test
  void aDeviceThatFollowsSlowlyIsBookedWithWhatItHadForAsLongAsItTakes() {
    ConnectorRating slow =
        new SiteSketch()
            .grid("g", 50_000)
            .connectors("g", "a")
            .ramp("a", 100)
            .tree()
            .connectors()
            .getFirst();
    Book slowly = new Book(slow, RULES, START);
    slowly.readBack(5_000, at(0), at(0));
    slowly.ask(3_000, at(1));
    slowly.confirm(3_000, at(2));

    slowly.tick(at(2 + 5 + 19));
    assertThat(slowly.booked()).isEqualTo(5_000);

    slowly.tick(at(2 + 5 + 20));
    assertThat(slowly.booked()).isEqualTo(3_000);
  }

  @Test
  void aRaiseIsBookedFromTheMomentItIsSent() {
    adopt(3_000);

    book.ask(5_000, at(1));
    assertThat(book.booked()).isEqualTo(5_000);

    book.confirm(4_830, at(2));
    assertThat(book.booked()).isEqualTo(4_830);
  }

  @Test
  void aDecreaseCountsWhenItIsConfirmedAndTheVehicleHadTimeToFollow() {
    adopt(6_000);

    book.ask(2_000, at(1));
    assertThat(book.booked()).isEqualTo(6_000);

    book.confirm(2_000, at(2));
    book.tick(at(6));
    assertThat(book.booked()).isEqualTo(6_000);

    book.tick(at(7));
    assertThat(book.booked()).isEqualTo(2_000);
  }

  @Test
  void aVehicleThatIsSeenToFollowHasSettled() {
    adopt(6_000);
    book.ask(2_000, at(1));
    book.confirm(2_000, at(2));

    book.power(1_900, at(2));
    book.power(2_500, at(3));
    assertThat(book.booked()).isEqualTo(6_000);

    book.power(2_000, at(4));
    assertThat(book.booked()).isEqualTo(2_000);
  }

  @Test
  void aLostRaiseStaysBookedUntilAnotherSetPointIsConfirmed() {
    adopt(2_000);
    book.ask(5_000, at(1));
    book.lose(at(6));
    book.readBack(2_000, at(7), at(7));
    assertThat(book.booked()).isEqualTo(5_000);

    book.ask(2_000, at(11));
    book.confirm(2_000, at(12));
    book.tick(at(17));
    assertThat(book.booked()).isEqualTo(2_000);
  }

  @Test
  void aLostDecreaseCountsWhenItIsReadBack() {
    adopt(5_000);
    book.ask(2_000, at(1));
    book.lose(at(6));
    assertThat(book.booked()).isEqualTo(5_000);

    book.readBack(2_000, at(7), at(7));
    book.tick(at(12));
    assertThat(book.booked()).isEqualTo(2_000);
  }

  @Test
  void aRefusedSetPointChangesNothingAndIsAskedForAgainAtOnceTheFirstTime() {
    adopt(2_000);
    book.ask(5_000, at(1));
    book.refuse(at(2));

    assertThat(book.booked()).isEqualTo(2_000);
    assertThat(book.isDeaf()).isFalse();
    assertThat(book.isFree(at(2))).isTrue();

    book.ask(5_000, at(2));
    book.refuse(at(2));
    assertThat(book.isDeaf()).isTrue();
    assertThat(book.isFree(at(6))).isFalse();
    assertThat(book.isFree(at(7))).isTrue();
  }

  @Test
  void aReadingFromBeforeTheSetPointSaysNothingOfIt() {
    adopt(2_000);
    book.ask(5_000, at(5));
    book.confirm(5_000, at(6));

    book.readBack(2_000, at(5), at(5));
    assertThat(book.confirmed()).isEqualTo(5_000);

    book.readBack(2_000, at(7), at(7));
    assertThat(book.confirmed()).isEqualTo(2_000);
  }

  @Test
  void aDeviceThatDoesNotAnswerIsBookedWithTheLargerOfItsSetPointAndItsFailSafe() {
    adopt(1_400);

    book.unanswering(true);
    assertThat(book.booked()).isEqualTo(FAIL_SAFE);

    book.unanswering(false);
    book.ask(6_000, at(1));
    book.confirm(6_000, at(1));
    book.unanswering(true);
    assertThat(book.booked()).isEqualTo(6_000);
  }

  @Test
  void aDeviceIsDeafAfterTwoFailuresAndHearsAgainWithOneConfirmation() {
    adopt(1_400);
    book.ask(1_500, at(1));
    book.refuse(at(1));
    assertThat(book.isDeaf()).isFalse();

    book.ask(1_500, at(7));
    book.lose(at(12));
    assertThat(book.isDeaf()).isTrue();
    assertThat(book.booked()).isEqualTo(FAIL_SAFE);

    book.ask(1_500, at(20));
    book.confirm(1_500, at(21));
    assertThat(book.isDeaf()).isFalse();
    book.tick(at(26));
    assertThat(book.booked()).isEqualTo(1_500);
  }

  @Test
  void aSetPointIsRefreshedAtHalfTheWatchdogButNotTheFailSafeItself() {
    adopt(1_400);
    book.ask(3_000, at(1));
    book.confirm(3_000, at(1));

    assertThat(book.needsRefresh(at(31))).isFalse();
    assertThat(book.needsRefresh(at(32))).isTrue();

    book.ask(FAIL_SAFE, at(40));
    book.confirm(FAIL_SAFE, at(40));
    assertThat(book.needsRefresh(at(400))).isFalse();
  }

  @Test
  void aDeviceHasWhatItWasGrantedThoughItsStepsAreCoarser() {
    adopt(0);
    book.ask(3_000, at(1));
    book.confirm(2_760, at(1));

    assertThat(book.has(3_000)).isTrue();
    assertThat(book.has(2_760)).isTrue();
    assertThat(book.has(2_900)).isFalse();

    book.readBack(1_380, at(2), at(2));
    assertThat(book.has(3_000)).isFalse();
  }

  @Test
  void offeringBeginsWithTheMinimum() {
    adopt(0);
    assertThat(book.isOffering()).isFalse();

    book.ask(1_380, at(3));
    book.confirm(1_380, at(3));
    book.ask(3_000, at(9));
    book.confirm(3_000, at(9));

    assertThat(book.offeredSince()).isEqualTo(at(3));
    assertThat(book.confirmedSince()).isEqualTo(at(9));
  }

  private void adopt(int watts) {
    book.readBack(watts, at(0), at(0));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
