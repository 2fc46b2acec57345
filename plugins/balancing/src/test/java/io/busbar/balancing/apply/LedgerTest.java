package io.busbar.balancing.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Room;
import io.busbar.balancing.decide.SiteTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration CYCLE = Duration.ofSeconds(10);
  private static final ApplyRules RULES =
      new ApplyRules(2, 100, Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** Two circuits of 8 kW with two connectors each, below 12 kW. */
  private final SiteTree tree =
      new SiteSketch()
          .grid("g", 12_000)
          .circuit("c", "g", 8_000)
          .connectors("c", "a1", "a2")
          .circuit("d", "g", 8_000)
          .connectors("d", "b1", "b2")
          .tree();

  private Ledger ledger = new Ledger(tree, RULES, START);

  @Test
  void everyDeviceMayAllowAllUntilItWasHeard() {
    assertThat(ledger.bookedBelow(SiteTree.ROOT)).isEqualTo(4 * SiteSketch.MAX);

    adopt(0, 0, 1_500, 0);
    assertThat(ledger.bookedBelow(SiteTree.ROOT)).isEqualTo(1_500);
    assertThat(ledger.bookedBelow(tree.number(SiteSketch.id("c")).orElseThrow())).isZero();
  }

  @Test
  void nothingIsRaisedWhileOthersMayAllowAll() {
    ledger.readBack(0, 0, START, START);
    plan(1, 4_000, Decision.NO_TARGET, Decision.NO_TARGET, Decision.NO_TARGET);

    assertThat(orders(1)).isEmpty();

    IntStream.range(1, 4).forEach(i -> ledger.readBack(i, 0, at(2), at(2)));
    assertThat(orders(2)).containsExactly(new Order(0, 4_000));
  }

  @Test
  void decreasesGoFirstAndARaiseWaitsForThoseItDependsOn() {
    adopt(6_000, 0, 6_000, 0);
    plan(1, 2_000, 4_000, 6_000, 0);

    assertThat(orders(1)).containsExactly(new Order(0, 2_000), new Order(2, 6_000));

    ledger.confirmed(0, 2_000, at(2));
    assertThat(orders(2)).isEmpty();
    assertThat(ledger.wakeAt()).contains(at(7));

    ledger.settle(at(7));
    assertThat(orders(7)).containsExactly(new Order(1, 4_000));
  }

  @Test
  void aVehicleThatIsSeenToFollowReleasesTheRaiseAtOnce() {
    adopt(6_000, 0, 6_000, 0);
    plan(1, 2_000, 4_000, 6_000, 0);
    orders(1);
    ledger.confirmed(0, 2_000, at(2));

    ledger.power(0, 1_990, at(3));

    assertThat(orders(3)).containsExactly(new Order(1, 4_000));
  }

  @Test
  void aDeviceThatIsBookedWithMoreThanItHasIsNotRaisedWhereThereIsTooLittleRoom() {
    adopt(5_000, 0, 2_000, 0);
    plan(1, 0, 0, 2_000, 0);
    orders(1);
    ledger.confirmed(0, 0, at(2));
    assertThat(ledger.booked(0)).as("settling").isEqualTo(5_000);

    ledger.plan(new int[] {2_000, 0, 2_000, 0}, room(4_000, 4_000), at(3), at(13));
    assertThat(orders(3)).isEmpty();

    ledger.settle(at(7));
    assertThat(orders(7)).containsExactly(new Order(0, 2_000));
  }

  @Test
  void whereThereIsTooLittleRoomADoubtfulDeviceIsToldTheLeastItMayHave() {
    adopt(0, 0, 0, 0);
    plan(1, 6_000, 0, 0, 0);
    orders(1);
    ledger.lost(0, at(6));

    ledger.plan(new int[] {3_000, 0, 0, 0}, room(4_000, 4_000), at(11), at(21));

    assertThat(orders(11)).containsExactly(new Order(0, 0));
    ledger.confirmed(0, 0, at(12));
    ledger.settle(at(17));
    assertThat(orders(17)).containsExactly(new Order(0, 3_000));
  }

  /** Three take turns in having more, and answer so late that all is quiet at no time. */
  @Test
  void aRaiseThatHasWaitedLongIsNotKeptWaitingBySmallerOnes() {
    adopt(3_750, 3_125, 3_125, 0);
    plan(0, 3_750, 3_125, 3_125, 0);
    obey(orders(0), 0);
    List<Order> late = List.of();
    int second = 0;
    while (ledger.booked(3) == 0 && second < 60) {
      second += 2;
      int high = second / 2 % 3;
      int[] three = IntStream.range(0, 3).map(i -> i == high ? 3_750 : 3_125).toArray();
      plan(second, three[0], three[1], three[2], 2_000);
      List<Order> sent = orders(second);
      obey(late, second + 1);
      obey(sent.stream().filter(order -> order.watts() > 3_125).toList(), second + 1);
      late = sent.stream().filter(order -> order.watts() <= 3_125).toList();
      orders(second + 1);
    }
    assertThat(ledger.booked(3)).isEqualTo(2_000);
    assertThat(second).isGreaterThan(10);
  }

  @Test
  void aRaiseElsewhereDoesNotWait() {
    adopt(6_000, 0, 1_500, 0);
    plan(1, 2_000, 4_000, 5_000, 0);

    assertThat(orders(1)).containsExactly(new Order(0, 2_000), new Order(2, 5_000));
  }

  @Test
  void aDecreaseThatIsRefusedReleasesNothing() {
    adopt(6_000, 0, 6_000, 0);
    plan(1, 2_000, 4_000, 6_000, 0);
    orders(1);

    ledger.refused(0, at(2));
    assertThat(orders(2)).containsExactly(new Order(0, 2_000));
    ledger.refused(0, at(2));

    assertThat(orders(2)).isEmpty();
    assertThat(ledger.booked(0)).isEqualTo(6_000);
  }

  @Test
  void aFailedSetPointIsTriedAgainNotBeforeItsTime() {
    adopt(0, 0, 0, 0);
    plan(1, 3_000, 0, 0, 0);
    assertThat(orders(1)).hasSize(1);
    ledger.lost(0, at(6));

    plan(10, 3_000, 0, 0, 0);
    assertThat(orders(10)).isEmpty();

    plan(11, 3_000, 0, 0, 0);
    assertThat(orders(11)).containsExactly(new Order(0, 3_000));
  }

  @Test
  void oneSetPointIsUnderWayToADeviceAndTheNewestFollows() {
    adopt(0, 0, 0, 0);
    plan(1, 3_000, 0, 0, 0);
    orders(1);
    plan(2, 1_500, 0, 0, 0);
    assertThat(orders(2)).isEmpty();

    ledger.confirmed(0, 3_000, at(3));

    assertThat(orders(3)).containsExactly(new Order(0, 1_500));
  }

  @Test
  void smallChangesAreHeldBackUnlessALimitNeedsThem() {
    adopt(3_000, 3_000, 3_000, 3_000);
    plan(1, 3_050, 2_950, 3_000, 3_000);
    assertThat(orders(1).stream().filter(order -> order.watts() != 3_000)).isEmpty();

    confirmAll(1);
    ledger.plan(
        new int[] {2_950, 3_000, 3_000, 3_000}, room(11_960, 8_000), at(2), at(2).plus(CYCLE));
    assertThat(orders(2)).containsExactly(new Order(0, 2_950));
  }

  @Test
  void toAndFromZeroNoChangeIsSmall() {
    assertThat(RULES.holdsBack(50, 0)).isFalse();
    assertThat(RULES.holdsBack(0, 50)).isFalse();
    assertThat(RULES.holdsBack(3_000, 3_099)).isTrue();
    assertThat(RULES.holdsBack(3_000, 3_100)).isFalse();
    assertThat(RULES.holdsBack(10_000, 10_199)).isTrue();
    assertThat(RULES.holdsBack(10_000, 10_200)).isFalse();
  }

  @Test
  void setPointsAreRepeatedBeforeTheWatchdogForgetsThem() {
    adopt(0, 0, 0, 0);
    plan(1, 3_000, 0, 0, 0);
    orders(1);
    confirmAll(1);

    plan(11, 3_000, 0, 0, 0);
    assertThat(orders(11)).isEmpty();
    plan(21, 3_000, 0, 0, 0);
    assertThat(orders(21)).isEmpty();
    plan(31, 3_000, 0, 0, 0);
    assertThat(orders(31)).containsExactly(new Order(0, 3_000));
  }

  @Test
  void aRaiseThatHasNoRoomDoesNotLetThePresentValueRunOut() {
    adopt(2_000, 6_000, 0, 0);
    plan(1, 2_000, 6_000, 0, 0);
    orders(1);
    confirmAll(1);
    plan(31, 4_000, 4_000, 0, 0);

    assertThat(orders(31)).containsExactly(new Order(1, 4_000), new Order(0, 2_000));
  }

  @Test
  void aDeviceThatLostItsSetPointGetsItAgain() {
    adopt(0, 0, 0, 0);
    plan(1, 3_000, 0, 0, 0);
    orders(1);
    ledger.confirmed(0, 3_000, at(2));
    assertThat(orders(2)).isEmpty();

    ledger.readBack(0, 0, at(5), at(5));

    assertThat(orders(5)).containsExactly(new Order(0, 3_000));
  }

  @Test
  void booksGoOnUnderANewVersionOfTheTree() {
    adopt(0, 0, 5_000, 0);
    SiteTree next =
        new SiteSketch().version(2).grid("g", 12_000).connectors("g", "new", "b1").tree();

    ledger = new Ledger(next, RULES, ledger, at(9), Duration.ZERO);

    assertThat(ledger.booked(0)).isEqualTo(SiteSketch.MAX);
    assertThat(ledger.booked(1)).isEqualTo(5_000);
    assertThat(ledger.bookedBelow(SiteTree.ROOT)).isEqualTo(SiteSketch.MAX + 5_000);
  }

  private void adopt(int... watts) {
    IntStream.range(0, watts.length).forEach(i -> ledger.readBack(i, watts[i], START, START));
  }

  private void plan(int second, int... targets) {
    ledger.plan(targets, room(12_000, 8_000), at(second), at(second).plus(CYCLE));
  }

  private Room room(long grid, long circuit) {
    long[] room = new long[tree.size()];
    java.util.Arrays.fill(room, Long.MAX_VALUE);
    room[tree.number(SiteSketch.id("g")).orElseThrow()] = grid;
    room[tree.number(SiteSketch.id("c")).orElseThrow()] = circuit;
    room[tree.number(SiteSketch.id("d")).orElseThrow()] = circuit;
    return Room.ofWatts(room);
  }

  private List<Order> orders(int second) {
    List<Order> orders = new ArrayList<>();
    Optional<Order> next = ledger.next(at(second));
    while (next.isPresent()) {
      orders.add(next.get());
      next = ledger.next(at(second));
    }
    return orders;
  }

  private void obey(List<Order> orders, int second) {
    for (Order order : orders) {
      ledger.confirmed(order.connector(), order.watts(), at(second));
      ledger.power(order.connector(), order.watts(), at(second + 1));
    }
  }

  private void confirmAll(int second) {
    for (int i = 0; i < 4; i++) {
      ledger.confirmed(i, ledger.booked(i), at(second));
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
