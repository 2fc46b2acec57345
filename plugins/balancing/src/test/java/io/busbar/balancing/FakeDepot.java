package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.id;

import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimitUpdated;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.testkit.FakeContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Plays topology, chargers and meters for the plugin. Vehicles draw what they are allowed; a meter
 * shows its load and all connectors below it.
 */
final class FakeDepot {

  static final UUID SITE = id("site");

  private final FakeContext context;
  private TopologySnapshot topology;
  private final Map<UUID, Integer> limits = new HashMap<>();
  private final Map<UUID, VehicleState> vehicles = new HashMap<>();
  private final Map<UUID, Integer> frozen = new HashMap<>();
  private final Map<UUID, Integer> loads = new HashMap<>();
  private final Set<UUID> silentMeters = new HashSet<>();
  private final Set<UUID> refusing = new HashSet<>();
  private final Set<UUID> mute = new HashSet<>();
  private Duration delay = Duration.ZERO;

  /** Set-points in the order in which devices got them. */
  final List<SetPoint> received = new ArrayList<>();

  /** When each of all of them arrived. */
  final List<Instant> receivedAt = new ArrayList<>();

  FakeDepot(FakeContext context, SiteSketch sketch) {
    this.context = context;
    this.topology = sketch.topology();
    context
        .bus()
        .answer(TopologyAddresses.LIST_SITES, query -> new SiteList(List.of(topology.microgrid())));
    context.bus().answer(TopologyAddresses.SNAPSHOT.at(SITE), query -> topology);
    connectors()
        .forEach(
            node ->
                context.bus().answerLater(FieldAddresses.SET_POINT.at(node.nodeId()), this::set));
  }

  private List<MicrogridNode> connectors() {
    return topology.nodes().stream().filter(node -> node.nodeType() == NodeType.CONNECTOR).toList();
  }

  private Future<SetPointReply> set(SetPoint setPoint) {
    received.add(setPoint);
    receivedAt.add(context.clock().instant());
    Promise<SetPointReply> reply = Promise.promise();
    if (refusing.contains(setPoint.nodeId())) {
      reply.complete(new SetPointReply.Refused("DEVICE_REFUSED", "not today"));
    } else if (!mute.contains(setPoint.nodeId())) {
      if (delay.isZero()) {
        reply.complete(apply(setPoint));
      } else {
        context.clock().after(delay, () -> reply.complete(apply(setPoint)));
      }
    }
    return reply.future();
  }

  private SetPointReply apply(SetPoint setPoint) {
    limits.put(setPoint.nodeId(), setPoint.limitWatts());
    return new SetPointReply.Confirmed(setPoint.limitWatts(), context.clock().instant());
  }

  /** Devices take so long to confirm. */
  void delay(Duration time) {
    delay = time;
  }

  void refuses(String connector) {
    refusing.add(id(connector));
  }

  void isMute(String connector) {
    mute.add(id(connector));
  }

  void plug(String... connectors) {
    for (String connector : connectors) {
      vehicles.put(id(connector), VehicleState.CHARGING);
    }
  }

  void unplug(String connector) {
    vehicles.remove(id(connector));
  }

  /** What a connector's device was set to by somebody else. */
  void limit(String connector, int watts) {
    limits.put(id(connector), watts);
  }

  int limit(String connector) {
    return limits.getOrDefault(id(connector), 0);
  }

  /** Load that nobody controls, at a metered node. */
  void load(String node, int watts) {
    loads.put(id(node), watts);
  }

  /** From now on the meter of a node always shows the same. */
  void freeze(String node) {
    frozen.put(SiteSketch.id(node), shown(SiteSketch.id(node)));
  }

  void silence(String meter) {
    silentMeters.add(id(meter));
  }

  void speakAgain(String meter) {
    silentMeters.remove(id(meter));
  }

  /** Replaces the topology and says so. */
  void change(SiteSketch sketch) {
    topology = sketch.topology();
    int version = topology.microgrid().version();
    Instant now = context.clock().instant();
    context
        .bus()
        .tell(
            TopologyAddresses.UPDATED.at(SITE),
            new TopologyUpdated(id("event " + version), now, "x", "y", SITE, version, "x"));
  }

  /** Replaces the topology by one with other limits and says that. */
  void limit(SiteSketch sketch) {
    topology = sketch.topology();
    NodeLimit limit = topology.limits().getFirst();
    context
        .bus()
        .tell(
            TopologyAddresses.NODE_LIMIT_UPDATED.at(SITE),
            new NodeLimitUpdated(
                id("limit event"),
                context.clock().instant(),
                "x",
                "y",
                SITE,
                limit.nodeLimitId(),
                limit.nodeId(),
                limit.constraintType(),
                limit));
  }

  void session(String connector, Optional<Instant> end) {
    session(connector, end, OptionalInt.empty());
  }

  void session(String connector, Optional<Instant> end, OptionalInt vehicleMaxWatts) {
    context
        .bus()
        .tell(
            FieldAddresses.SESSION.at(SITE),
            new ChargingSession(
                id("session " + connector),
                SITE,
                id(connector),
                context.clock().instant(),
                end,
                OptionalInt.empty(),
                Optional.empty(),
                0,
                1,
                vehicleMaxWatts));
  }

  /** Reads every device once. */
  void read() {
    Instant now = context.clock().instant();
    List<Reading> readings = new ArrayList<>();
    connectors().stream()
        .filter(node -> !mute.contains(node.nodeId()))
        .forEach(node -> readings.add(connector(node.nodeId(), now)));
    topology.meters().stream()
        .filter(meter -> !silentMeters.contains(meter.meterId()))
        .forEach(
            meter -> readings.add(Reading.ofPower(meter.nodeId(), now, shown(meter.nodeId()))));
    context.bus().tell(FieldAddresses.READINGS.at(SITE), new Readings(SITE, "depot", readings));
  }

  private Reading connector(UUID nodeId, Instant now) {
    return new Reading(
        nodeId,
        now,
        OptionalInt.of(drawn(nodeId)),
        OptionalLong.empty(),
        List.of(),
        Optional.of(vehicles.getOrDefault(nodeId, VehicleState.NONE)),
        OptionalInt.of(limits.getOrDefault(nodeId, 0)));
  }

  private int drawn(UUID nodeId) {
    return vehicles.containsKey(nodeId) ? limits.getOrDefault(nodeId, 0) : 0;
  }

  private int shown(UUID meterNode) {
    if (frozen.containsKey(meterNode)) {
      return frozen.get(meterNode);
    }
    int sum = loads.getOrDefault(meterNode, 0);
    for (MicrogridNode connector : connectors()) {
      Optional<UUID> at = Optional.of(connector.nodeId());
      while (at.isPresent() && !at.get().equals(meterNode)) {
        at = parent(at.get());
      }
      sum += at.isPresent() ? drawn(connector.nodeId()) : 0;
    }
    return sum;
  }

  private Optional<UUID> parent(UUID nodeId) {
    return topology.nodes().stream()
        .filter(node -> node.nodeId().equals(nodeId))
        .findFirst()
        .flatMap(MicrogridNode::parentNodeId);
  }

  /** Lets seconds pass, reading every second one. */
  void pass(int seconds) {
    for (int second = 1; second <= seconds; second++) {
      context.clock().leapSeconds(1);
      if (second % 2 == 0) {
        read();
      }
    }
  }
}
