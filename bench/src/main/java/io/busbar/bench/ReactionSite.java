package io.busbar.bench;

import io.busbar.api.Request;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.GetSettings;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A site whose devices are played here, balanced by the plugins as they are. Every method makes
 * something happen and says how many nanoseconds later the first set-point came that answers it.
 */
final class ReactionSite implements AutoCloseable {

  private static final int CONNECTORS = 20;
  private static final int FULL_WATTS = 200_000;
  private static final int LOW_WATTS = 120_000;
  private static final long LONGEST_MILLIS = 20_000;
  private static final long CALM_MILLIS = 400;

  private final RunningPlugins plugins = new RunningPlugins();
  private final Map<UUID, Integer> limits = new ConcurrentHashMap<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final UUID id;
  private final UUID grid;
  private final UUID house;
  private final List<UUID> connectors;
  private Optional<UUID> limit = Optional.empty();
  private volatile UUID refusing;
  private int sessions;

  private record Arrival(SetPoint setPoint, long at) {}

  ReactionSite() {
    id = plugins.start(text());
    TopologySnapshot tree = ask(TopologyAddresses.SNAPSHOT, new GetSnapshot());
    grid = named(tree, NodeType.GRID_CONNECTION, "main");
    house = named(tree, NodeType.CIRCUIT, "house");
    connectors =
        tree.nodes().stream()
            .filter(node -> node.nodeType() == NodeType.CONNECTOR)
            .map(MicrogridNode::nodeId)
            .toList();
    connectors.forEach(node -> plugins.bus().answer(FieldAddresses.SET_POINT.at(node), this::set));
    begin();
  }

  /** Reads until balancing is sure of every device: an order of before might be under way. */
  private void begin() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
    do {
      calm();
    } while (limits.size() < CONNECTORS && System.nanoTime() < deadline);
  }

  private static UUID named(TopologySnapshot tree, NodeType type, String ref) {
    return tree.nodes().stream()
        .filter(node -> node.nodeType() == type)
        .filter(node -> node.asset().orElseThrow().ref().equals(ref))
        .findFirst()
        .orElseThrow()
        .nodeId();
  }

  private static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            format: busbar-site/1
            depot: { id: reaction, name: Reaction, time_zone: Europe/Berlin }
            defaults:
              charge_points: { max_watts: 22080 }
              connectors: { volts: 230, phases: L1L2L3, max_amps: 32 }
            circuits:
              - { id: main, default_capacity_watts: 200000 }
              - { id: cars, parent: main, default_capacity_watts: 500000 }
              - { id: house, parent: main, default_capacity_watts: 500000 }
            meters:
              - { id: m, circuit: house, fallback: [{ policy: FIXED, watts: 0 }] }
            charge_points:
            """);
    for (int point = 0; point < CONNECTORS; point++) {
      text.append("  - { id: p%d, circuit: cars, connectors: [{}] }%n".formatted(point));
    }
    return text.toString();
  }

  int connectors() {
    return connectors.size();
  }

  private SetPointReply set(SetPoint setPoint) {
    arrivals.add(new Arrival(setPoint, System.nanoTime()));
    if (setPoint.nodeId().equals(refusing)) {
      return new SetPointReply.Refused("DEVICE_REFUSED", "not now");
    }
    limits.put(setPoint.nodeId(), setPoint.limitWatts());
    return new SetPointReply.Confirmed(setPoint.limitWatts(), Instant.now());
  }

  /** From the order to lower the limit of the grid connection. */
  long limitDrops() {
    long nanos = answer(() -> limit(LOW_WATTS));
    limit(FULL_WATTS);
    calm();
    return nanos;
  }

  private void limit(int watts) {
    SetNodeLimit wish =
        new SetNodeLimit(
            limit,
            Optional.of(grid),
            ConstraintType.CONSUMPTION_CAP,
            watts,
            Optional.empty(),
            SourceType.MANUAL,
            Status.ACTIVE,
            "bench",
            "bench");
    limit =
        Optional.of(
            ((NodeLimitReply.Stored) ask(TopologyAddresses.SET_NODE_LIMIT, wish))
                .limit()
                .nodeLimitId());
  }

  /** From the reading of a meter whose own circuit has room, but not the grid connection above. */
  long meterSteps() {
    long nanos =
        answer(() -> tell(List.of(Reading.ofPower(house, Instant.now(), FULL_WATTS - LOW_WATTS))));
    calm();
    return nanos;
  }

  long sessionEnds() {
    return answer(() -> session(Optional.of(Instant.now())));
  }

  long sessionBegins() {
    calm();
    sessions++;
    long nanos = answer(() -> session(Optional.empty()));
    calm();
    return nanos;
  }

  private void session(Optional<Instant> end) {
    ChargingSession session =
        new ChargingSession(
            new UUID(7, sessions),
            id,
            connectors.getLast(),
            Instant.now(),
            end,
            OptionalInt.empty(),
            Optional.empty(),
            0,
            1,
            OptionalInt.of(5_000));
    plugins.bus().tell(FieldAddresses.SESSION.at(id), session);
  }

  /** From a refusal to the first set-point by which another device makes room. */
  long deviceRefuses() {
    UUID stubborn = connectors.getFirst();
    refusing = stubborn;
    arrivals.clear();
    limit(LOW_WATTS);
    Arrival refused = first(arrival -> arrival.setPoint().nodeId().equals(stubborn));
    String cycle = refused.setPoint().correlationId();
    Arrival others =
        first(
            arrival ->
                !arrival.setPoint().nodeId().equals(stubborn)
                    && !arrival.setPoint().correlationId().equals(cycle));
    refusing = null;
    limit(FULL_WATTS);
    first(arrival -> arrival.setPoint().nodeId().equals(stubborn));
    calm();
    return others.at() - refused.at();
  }

  long roundTrip() {
    long began = System.nanoTime();
    ask(BalancingAddresses.SETTINGS, new GetSettings());
    return System.nanoTime() - began;
  }

  private long answer(Runnable happening) {
    arrivals.clear();
    long began = System.nanoTime();
    happening.run();
    return first(arrival -> true).at() - began;
  }

  private Arrival first(Predicate<Arrival> wanted) {
    Arrival arrival;
    do {
      arrival =
          next(LONGEST_MILLIS).orElseThrow(() -> new IllegalStateException("no set-point came"));
    } while (!wanted.test(arrival));
    return arrival;
  }

  private Optional<Arrival> next(long patienceMillis) {
    try {
      return Optional.ofNullable(arrivals.poll(patienceMillis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads everything until no set-point has come for a while; vehicles draw what they may. */
  private void calm() {
    do {
      arrivals.clear();
      Instant now = Instant.now();
      List<Reading> readings = new ArrayList<>();
      connectors.forEach(node -> readings.add(connector(node, now)));
      readings.add(Reading.ofPower(house, now, 0));
      tell(readings);
    } while (next(CALM_MILLIS).isPresent());
  }

  private Reading connector(UUID node, Instant now) {
    int watts = limits.getOrDefault(node, 0);
    return new Reading(
        node,
        now,
        OptionalInt.of(watts),
        OptionalLong.empty(),
        List.of(),
        Optional.of(VehicleState.CHARGING),
        OptionalInt.of(watts));
  }

  private void tell(List<Reading> readings) {
    plugins.bus().tell(FieldAddresses.READINGS.at(id), new Readings(id, "bench", readings));
  }

  private <Q, R> R ask(Request<Q, R> address, Q question) {
    return RunningPlugins.await(plugins.bus().ask(address.at(id), question));
  }

  @Override
  public void close() {
    plugins.close();
  }
}
