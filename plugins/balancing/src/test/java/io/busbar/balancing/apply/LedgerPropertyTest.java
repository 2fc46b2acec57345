package io.busbar.balancing.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.balancing.LineCurrents;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Room;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random plans over devices that are slow, refuse, lose set-points, lose answers, apply late,
 * forget and whose vehicles take their time: at no instant is more allowed, booked or drawn than
 * there is room for, at any node.
 */
@Verifies({"FR-003", "FR-005", "NFR-004"})
class LedgerPropertyTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ApplyRules RULES =
      new ApplyRules(2, 100, Duration.ofSeconds(5), Duration.ofSeconds(5));
  private static final int SECONDS = 3_600;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noLimitIsEverExceeded(long seed) {
    Run run = new Run(new Random(seed), "seed " + seed);

    run.play();

    assertThat(run.raises).as("seed %d: raises that were confirmed", seed).isGreaterThan(100);
    assertThat(run.losses).as("seed %d: set-points lost", seed).isGreaterThan(50);
  }

  @Test
  void twoRunsWithTheSameSeedAreTheSame() {
    Run first = new Run(new Random(42), "first");
    Run second = new Run(new Random(42), "second");
    first.play();
    second.play();

    assertThat(second.trace).isEqualTo(first.trace);
  }

  /** A device and its vehicle. */
  private static final class Device {
    private int allowed;
    private Instant decidedAt = Instant.MIN;
    private int drawn;

    /** Devices drop what was decided before what they have. */
    boolean apply(int watts, Instant decided) {
      if (decided.isBefore(decidedAt)) {
        return false;
      }
      decidedAt = decided;
      allowed = watts;
      return true;
    }
  }

  private static final class Run {
    private final Random random;
    private final String name;
    private final LeapClock clock = new LeapClock();
    private final SiteTree tree;
    private final Ledger ledger;
    private final Device[] devices;
    private final Room room;
    private final LineCurrents currents;
    private Instant decidedAt = LeapClock.START;
    private int raises;
    private int losses;
    private long trace = 1;

    Run(Random random, String name) {
      this.random = random;
      this.name = name;
      this.tree = site(random);
      this.ledger = new Ledger(tree, RULES, clock.instant());
      this.devices = new Device[tree.connectors().size()];
      this.room = Room.beside(new long[tree.size()], tree, 1);
      this.currents = new LineCurrents(tree);
      for (int i = 0; i < devices.length; i++) {
        devices[i] = new Device();
        ledger.readBack(i, 0, clock.instant(), clock.instant());
      }
    }

    private static SiteTree site(Random random) {
      SiteSketch sketch = new SiteSketch().grid("g", 20_000 + random.nextInt(20_000));
      for (int circuit = 0; circuit < 3; circuit++) {
        int watts = 8_000 + random.nextInt(10_000);
        double amps = random.nextInt(20, 80);
        sketch.circuit(
            "c" + circuit,
            "g",
            watts,
            new Conductor("L1", amps, Carries.L1),
            new Conductor("L2", amps, Carries.L2),
            new Conductor("L3", amps, Carries.L3));
        for (int i = 0; i < 4; i++) {
          Phases phases = Phases.values()[random.nextInt(Phases.values().length)];
          sketch.wiring(230, phases).connectors("c" + circuit, "v" + circuit + i);
        }
      }
      return sketch.tree();
    }

    void play() {
      for (int second = 1; second <= SECONDS; second++) {
        clock.leapSeconds(1);
        if (second % 10 == 0 || random.nextInt(20) == 0) {
          plan();
        }
        readSome();
        ledger.settle(clock.instant());
        send();
        driveVehicles();
        check();
      }
    }

    private void plan() {
      decidedAt = clock.instant();
      ledger.plan(targets(), room, decidedAt, decidedAt.plusSeconds(10));
    }

    /** Random set-points that fit, as a decision's always do. */
    private int[] targets() {
      int[] targets = new int[devices.length];
      long[] left = room.watts().clone();
      int first = random.nextInt(devices.length);
      for (int k = 0; k < devices.length; k++) {
        ConnectorRating connector = tree.connectors().get((first + k) % devices.length);
        long most = random.nextInt(SiteSketch.MAX);
        for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
          most = Math.min(most, left[at]);
        }
        int watts = most < SiteSketch.MIN ? 0 : (int) most;
        targets[connector.number()] = watts;
        if (currents.fullest(targets) > 1) {
          watts = 0;
          targets[connector.number()] = 0;
        }
        for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
          left[at] -= watts;
        }
      }
      return targets;
    }

    private void send() {
      Optional<Order> order = ledger.next(clock.instant());
      while (order.isPresent()) {
        deliver(order.get(), decidedAt);
        order = ledger.next(clock.instant());
      }
    }

    private void deliver(Order order, Instant decided) {
      int i = order.connector();
      trace = trace * 31 + order.watts() + i;
      Duration delay = Duration.ofMillis(random.nextInt(4_900));
      switch (random.nextInt(10)) {
        case 0 -> clock.after(delay, () -> refuse(i));
        case 1 -> clock.after(TIMEOUT, () -> lose(i));
        case 2, 3 -> {
          clock.after(
              Duration.ofMillis(random.nextInt(12_000)),
              () -> devices[i].apply(order.watts(), decided));
          clock.after(TIMEOUT, () -> lose(i));
        }
        default -> clock.after(delay, () -> confirm(order, decided));
      }
    }

    private void confirm(Order order, Instant decided) {
      int i = order.connector();
      int before = devices[i].allowed;
      if (devices[i].apply(order.watts(), decided)) {
        raises += devices[i].allowed > before ? 1 : 0;
        ledger.confirmed(i, devices[i].allowed, clock.instant());
      } else {
        ledger.refused(i, clock.instant());
      }
      send();
      check();
    }

    private void refuse(int i) {
      ledger.refused(i, clock.instant());
      send();
    }

    private void lose(int i) {
      losses++;
      ledger.lost(i, clock.instant());
      send();
    }

    private void readSome() {
      for (int i = 0; i < devices.length; i++) {
        if (random.nextInt(100) == 0) {
          devices[i].allowed = 0;
        }
        if (random.nextInt(5) == 0) {
          ledger.readBack(i, devices[i].allowed, clock.instant(), clock.instant());
          ledger.power(i, devices[i].drawn, clock.instant());
        }
      }
    }

    /** Vehicles follow a raise at once and a decrease at 2,000 W a second. */
    private void driveVehicles() {
      for (Device device : devices) {
        device.drawn = Math.max(device.allowed, device.drawn - 2_000);
      }
    }

    private void check() {
      long[] drawn = new long[tree.size()];
      int[] most = new int[devices.length];
      for (ConnectorRating connector : tree.connectors()) {
        Device device = devices[connector.number()];
        assertThat(device.allowed)
            .as("%s, %s: device %d", name, clock.instant(), connector.number())
            .isLessThanOrEqualTo(ledger.booked(connector.number()));
        most[connector.number()] = Math.max(device.allowed, device.drawn);
        drawn[connector.node()] = most[connector.number()];
      }
      assertThat(currents.fullest(most))
          .as("%s, %s: part of what the fullest line carries", name, clock.instant())
          .isLessThanOrEqualTo(1 + 1e-6);
      for (int node = tree.size() - 1; node >= 0; node--) {
        assertThat(ledger.bookedBelow(node))
            .as("%s, %s: booked below node %d", name, clock.instant(), node)
            .isLessThanOrEqualTo(room.watts()[node]);
        assertThat(drawn[node])
            .as("%s, %s: drawn below node %d", name, clock.instant(), node)
            .isLessThanOrEqualTo(room.watts()[node]);
        if (node > 0) {
          drawn[tree.parent(node)] += drawn[node];
        }
      }
    }
  }
}
