package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.Device;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.modbus.simulation.Fault.Kind;
import io.busbar.modbus.testkit.HurriedPlugin;
import io.busbar.system.SickDepot.Point;
import io.busbar.testkit.Verifies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at chargers of every vendor, all at once: each is named at its charger and nowhere
 * else, sound neighbours are polled as before, no fuse carries more than it may, and all is well
 * again by itself. Topology, balancing and drivers are those of the product; a tenth of the pauses
 * that vendors want keeps it short. Not part of a build, with {@code -Dbusbar.faults=true} only: a
 * charger whose setup was read during a fault keeps saying so until it is connected again.
 */
@EnabledIfSystemProperty(named = "busbar.faults", matches = "true")
@Verifies("KN-05")
class VendorFaultsTest {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Duration JITTER = Duration.ofMillis(100);

  @TempDir Path folder;
  private final Map<Vendor, SickDepot> depots = new EnumMap<>(Vendor.class);
  private final Map<Vendor, Double> most = new EnumMap<>(Vendor.class);
  private final Map<UUID, List<Long>> polls = new ConcurrentHashMap<>();
  private RunningDrivers drivers;

  private void start() {
    for (Vendor vendor : Vendor.values()) {
      depots.put(vendor, new SickDepot(vendor));
    }
    drivers = new RunningDrivers(folder);
    depots.forEach(
        (vendor, depot) ->
            drivers.deploy(depot.driver(), new HurriedPlugin(vendor.plugin()), depot.config()));
    drivers.ready();
    depots.forEach(
        (vendor, depot) -> {
          UUID site = drivers.take(vendor.name() + ".yaml", depot.site());
          drivers
              .bus()
              .hear(
                  FieldAddresses.READINGS.at(site),
                  told -> told.readings().forEach(reading -> note(reading)));
        });
  }

  private void note(Reading reading) {
    polls
        .computeIfAbsent(reading.nodeId(), none -> new CopyOnWriteArrayList<>())
        .add(System.nanoTime());
  }

  @AfterEach
  void stop() {
    drivers.close();
    depots.values().forEach(SickDepot::close);
  }

  @Test
  void everyFaultIsNamedAtItsChargerNeighboursGoOnFusesHoldAndAllRecover() throws Exception {
    start();
    holds("all are read, and the fuses are used", depot -> isWell(depot) && isUsed(depot));
    int neighbours = SickDepot.SOUND * depots.size();
    try (BarePolls bare = new BarePolls(neighbours, SickDepot.POLL)) {
      long from = System.nanoTime();
      depots.values().forEach(SickDepot::fallSick);
      holds("every fault is named", this::isNamed);
      long to = System.nanoTime();

      Duration machine = bare.latest(from, to);
      depots.values().forEach(depot -> neighboursAreUndisturbed(depot, from, to, machine));
    }
    depots.values().forEach(SickDepot::recover);
    holds("all are well again, and the fuses are used", d -> isWell(d) && isUsed(d));
  }

  private boolean isWell(SickDepot depot) {
    return drivers.devices(depot.driver()).stream()
        .allMatch(device -> device.link() == Device.Link.ONLINE && device.faults().isEmpty());
  }

  private static boolean isUsed(SickDepot depot) {
    return depot.watts() > depot.limitWatts() * 0.9;
  }

  /** Of answers that come twice the second one is thrown away, or ends the connection. */
  private boolean isNamed(SickDepot depot) {
    List<Device> devices = drivers.devices(depot.driver());
    return depot.points().stream()
        .filter(point -> !point.isSound() && point.fault().kind() != Kind.DUPLICATE)
        .noneMatch(point -> SickDepot.of(point, devices).faults().isEmpty());
  }

  /** Late by less than 100 ms, but for what the machine was late itself. */
  private void neighboursAreUndisturbed(SickDepot depot, long from, long to, Duration machine) {
    List<Device> devices = drivers.devices(depot.driver());
    for (Point point : depot.points().stream().filter(Point::isSound).toList()) {
      Device device = SickDepot.of(point, devices);
      assertThat(device.faults()).as("of %s", device).isEmpty();
      List<Duration> late = lateness(point, polls.get(device.nodeId()), from, to);
      assertThat(late).as("polls of %s %s", depot.vendor(), point.name()).hasSizeGreaterThan(2);
      assertThat(late)
          .as("%s %s, while bare polls were late by %s", depot.vendor(), point.name(), machine)
          .allMatch(each -> each.compareTo(machine.plus(JITTER)) < 0);
    }
  }

  /** Polls between which its own set-point went first, as it should, say nothing of neighbours. */
  private static List<Duration> lateness(Point point, List<Long> polls, long from, long to) {
    List<Long> within = polls.stream().filter(t -> t >= from && t <= to).toList();
    List<Duration> late = new ArrayList<>();
    for (int i = 1; i < within.size(); i++) {
      long before = within.get(i - 1);
      long now = within.get(i);
      if (point.charger().writes().stream().noneMatch(w -> w.at() > before && w.at() < now)) {
        late.add(Duration.ofNanos(now - before).minus(SickDepot.POLL));
      }
    }
    return late;
  }

  private String state(SickDepot depot) {
    List<Device> devices = drivers.devices(depot.driver());
    return "%s, %.0f of %d W, %s"
        .formatted(
            depot.vendor(),
            depot.watts(),
            depot.limitWatts(),
            devices.stream().map(d -> d.name() + " " + d.link() + d.faults()).toList());
  }

  /** Waits for it in every depot, and sees all the while that no fuse carries more than it may. */
  private void holds(String what, Predicate<SickDepot> reached) {
    Awaitility.await(what)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              depots.forEach((v, depot) -> most.merge(v, depot.watts(), Math::max));
              assertThat(depots.values())
                  .as(what)
                  .allSatisfy(depot -> assertThat(reached.test(depot)).as(state(depot)).isTrue());
            });
    depots.forEach(
        (vendor, depot) ->
            assertThat(most.get(vendor))
                .as("most that the fuse of %s carried", vendor)
                .isLessThanOrEqualTo(depot.limitWatts()));
  }
}
