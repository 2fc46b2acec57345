package io.busbar.modbus.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.modbus.lane.FakeLink.Asked;
import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WireException;
import io.busbar.modbus.wire.WireException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets one connection, and when. */
class LaneTest {

  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final LaneRules RULES =
      new LaneRules(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(40),
          Duration.ZERO,
          Duration.ofMillis(300),
          Duration.ofSeconds(2));

  private final FakeLink link = new FakeLink();
  private Lane lane = lane(RULES);

  private Lane lane(LaneRules rules) {
    return new Lane(rules, link, Thread.ofVirtual().factory());
  }

  @AfterEach
  void stop() {
    lane.close();
  }

  private CompletableFuture<int[]> ask(int unit, Priority priority, int... addresses) {
    return lane.submit(
        unit,
        priority,
        Duration.ZERO,
        SECONDS,
        exchange -> {
          for (int address : addresses) {
            exchange.read(Space.HOLDING, address, 1);
          }
          return addresses;
        });
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(5, TimeUnit.SECONDS);
  }

  private List<Integer> addresses() {
    return link.asked.stream().map(Asked::address).toList();
  }

  @Test
  void theMostUrgentGoesFirstWhateverCameFirst() throws Exception {
    link.hold = new CountDownLatch(1);
    ask(1, Priority.SLOW_POLL, 0);
    while (link.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    List<CompletableFuture<int[]>> all = new ArrayList<>();
    all.add(ask(1, Priority.SLOW_POLL, 4));
    all.add(ask(1, Priority.FAST_POLL, 3));
    all.add(ask(1, Priority.SET_POINT, 2));
    all.add(ask(1, Priority.FEED, 1));

    link.hold.countDown();
    for (CompletableFuture<int[]> each : all) {
      get(each);
    }

    assertThat(addresses()).containsExactly(0, 1, 2, 3, 4);
    assertThat(link.connects).hasValue(1);
  }

  @Test
  void aSetPointDoesNotWaitForTheRestOfALongPoll() throws Exception {
    link.hold = new CountDownLatch(1);
    CompletableFuture<int[]> poll = ask(1, Priority.FAST_POLL, 10, 11, 12, 13);
    while (link.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    ask(1, Priority.SET_POINT, 99);

    link.hold.countDown();
    get(poll);

    assertThat(addresses()).containsExactly(10, 99, 11, 12, 13);
  }

  @Test
  void betweenTwoRequestsTheDeviceGetsItsPause() throws Exception {
    lane.close();
    Duration gap = Duration.ofMillis(50);
    lane =
        lane(
            new LaneRules(
                RULES.connectTimeout(),
                RULES.requestTimeout(),
                RULES.probeTimeout(),
                gap,
                RULES.pauseFloor(),
                RULES.pauseCeiling()));

    get(ask(1, Priority.FAST_POLL, 1, 2, 3));

    assertThat(link.asked.get(1).at() - link.asked.get(0).at())
        .isGreaterThanOrEqualTo(gap.toNanos());
    assertThat(link.asked.get(2).at() - link.asked.get(1).at())
        .isGreaterThanOrEqualTo(gap.toNanos());
  }

  @Test
  void aSilentUnitIsLeftAloneAndItsNeighboursBehindTheGatewayGoOn() throws Exception {
    link.silent.add(1);
    assertThatThrownBy(() -> get(ask(1, Priority.FAST_POLL, 1)))
        .isInstanceOf(ExecutionException.class);
    CompletableFuture<int[]> waiting = ask(1, Priority.FEED, 1);
    long begin = System.nanoTime();

    for (int round = 0; round < 20; round++) {
      get(ask(2, Priority.FAST_POLL, 2));
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(RULES.requestTimeout());
    assertThatThrownBy(() -> get(waiting)).isInstanceOf(ExecutionException.class);
    Asked probe = link.asked.getLast();
    assertThat(probe.unit()).isOne();
    assertThat(probe.within()).as("short, for others wait").isEqualTo(RULES.probeTimeout());
  }

  @Test
  void theUnitIsTriedAgainAfterEachPauseAndServedWhenItAnswers() throws Exception {
    link.silent.add(1);
    for (int round = 0; round < 3; round++) {
      assertThatThrownBy(() -> get(ask(1, Priority.FAST_POLL, 1)))
          .isInstanceOf(ExecutionException.class);
    }
    long first = link.asked.get(1).at() - link.asked.get(0).at();
    long second = link.asked.get(2).at() - link.asked.get(1).at();
    assertThat(second).as("longer than the pause before").isGreaterThan(first);

    link.silent.clear();

    assertThat(get(ask(1, Priority.FAST_POLL, 7))).containsExactly(7);
    get(ask(1, Priority.FAST_POLL, 8));
  }

  @Test
  void aDeviceThatRefusesConnectionsIsNotStormed() throws Exception {
    link.unreachable = true;
    assertThatThrownBy(() -> get(ask(1, Priority.FAST_POLL, 1)))
        .hasRootCauseInstanceOf(WireException.class);
    CompletableFuture<int[]> hasty =
        lane.submit(
            1,
            Priority.SET_POINT,
            Duration.ZERO,
            Duration.ofMillis(50),
            exchange -> exchange.read(Space.HOLDING, 1, 1));

    assertThatThrownBy(() -> get(hasty))
        .rootCause()
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    assertThat(link.connects).hasValue(1);

    link.unreachable = false;
    get(ask(1, Priority.FAST_POLL, 1));
    assertThat(link.connects).hasValue(2);
  }

  @Test
  void everythingThatHappensIsCounted() throws Exception {
    get(ask(1, Priority.FAST_POLL, 1, 2));
    link.silent.add(1);
    assertThatThrownBy(() -> get(ask(1, Priority.FAST_POLL, 3)))
        .isInstanceOf(ExecutionException.class);

    LaneStatistics statistics = lane.statistics();

    assertThat(statistics.requests()).isEqualTo(3);
    assertThat(statistics.failures(Kind.TIMEOUT)).isOne();
    assertThat(statistics.connections()).isOne();
    assertThat(statistics.exceptions()).isEmpty();
  }

  @Test
  void whenItIsClosedWaitersAreToldAndNothingIsSentAnyMore() throws Exception {
    CompletableFuture<int[]> later =
        lane.submit(
            1, Priority.FEED, SECONDS, SECONDS, exchange -> exchange.read(Space.HOLDING, 1, 1));

    lane.close();

    assertThatThrownBy(() -> get(later)).hasRootCauseInstanceOf(WireException.class);
    assertThatThrownBy(() -> get(ask(1, Priority.FEED, 1)))
        .hasRootCauseInstanceOf(WireException.class);
    assertThat(link.asked).isEmpty();
  }
}
