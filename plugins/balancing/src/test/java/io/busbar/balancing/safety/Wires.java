package io.busbar.balancing.safety;

import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.id;

import io.busbar.api.Bus;
import io.busbar.api.field.Reading;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimitUpdated;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.balancing.LineCurrents;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Limits;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.safety.Plan.Branch;
import io.busbar.balancing.safety.Plan.DeviceFacts;
import io.busbar.balancing.safety.Plan.Event;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The site's wires: its tree, what limits are in force, what else hangs there, and its meters. */
final class Wires {

  private static final UUID SITE = id("site");
  private static final double AMPS = 1e-6;

  private final Bus bus;
  private final Clock clock;
  private final List<Branch> branches = new ArrayList<>();
  private final List<DeviceFacts> devices;
  private final Map<String, Integer> loads = new HashMap<>();
  private final Map<String, Integer> lies = new HashMap<>();
  private final Map<String, Long> liesUntil = new HashMap<>();
  private int aggregateWatts;
  private int version = 1;
  private TopologySnapshot topology;
  private SiteTree tree;
  private LineCurrents currents;

  Wires(Plan plan, Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
    this.branches.addAll(plan.branches());
    this.devices = plan.devices();
    this.aggregateWatts = plan.settings().aggregateWatts();
    draw();
    bus.answer(TopologyAddresses.LIST_SITES, query -> new SiteList(List.of(topology.microgrid())));
    bus.answer(TopologyAddresses.SNAPSHOT.at(SITE), query -> topology);
  }

  private void draw() {
    SiteSketch sketch = new SiteSketch().version(version);
    for (Branch branch : branches) {
      if (branch.parent() < 0) {
        sketch.grid(branch.name(), branch.watts());
      } else {
        sketch.circuit(
            branch.name(), branches.get(branch.parent()).name(), branch.watts(), lines(branch));
      }
      if (branch.metered()) {
        sketch.meter("meter " + branch.name(), branch.name(), fixed(2_000));
      }
    }
    for (DeviceFacts device : devices) {
      sketch
          .stepAmps(device.stepAmps())
          .failSafeAmps(device.failSafeAmps())
          .watchdogSeconds(device.watchdogSeconds())
          .wiring(230, device.phases())
          .connectors(branches.get(device.branch()).name(), device.name());
    }
    if (aggregateWatts > 0) {
      sketch.aggregate(aggregateWatts);
    }
    topology = sketch.topology();
    tree = SiteTree.of(topology);
    currents = new LineCurrents(tree);
  }

  private static Conductor[] lines(Branch branch) {
    int amps = branch.amps();
    return amps == 0
        ? new Conductor[0]
        : new Conductor[] {
          new Conductor("L1", amps, Carries.L1),
          new Conductor("L2", amps, Carries.L2),
          new Conductor("L3", amps, Carries.L3)
        };
  }

  SiteTree tree() {
    return tree;
  }

  ConnectorRating rating(String device) {
    return tree.connectors().get(tree.connectorAt(tree.number(id(device)).orElseThrow()));
  }

  /** The node of a branch; the whole site where it has no name. */
  int node(String branch) {
    return branch.isEmpty() ? SiteTree.ROOT : tree.number(id(branch)).orElseThrow();
  }

  /** Whether a node carries more than it may. */
  boolean exceeds(int node, int[] heldByConnector) {
    long limit = tree.limits().watts(node);
    return (limit != Limits.UNBOUNDED && below(node, heldByConnector) > limit)
        || currents.fullest(node, heldByConnector) > 1 + AMPS;
  }

  /** What a node and what it may carry are like, for people. */
  String describe(int node, int[] heldByConnector) {
    String name = node == SiteTree.ROOT ? "site" : tree.node(node).name();
    return "%s allows %d W, devices below it %d W; fullest line %.3f"
        .formatted(
            name,
            tree.limits().watts(node),
            below(node, heldByConnector),
            currents.fullest(node, heldByConnector));
  }

  private long below(int node, int[] heldByConnector) {
    long sum = 0;
    for (ConnectorRating connector : tree.connectors()) {
      sum += tree.isWithin(node, connector.node()) ? heldByConnector[connector.number()] : 0;
    }
    return sum;
  }

  void limit(Event.Limits limits) {
    if (limits.branch().isEmpty()) {
      aggregateWatts = limits.watts();
    }
    branches.replaceAll(
        branch ->
            branch.name().equals(limits.branch())
                ? new Branch(
                    branch.name(), branch.parent(), limits.watts(), limits.amps(), branch.metered())
                : branch);
    version++;
    draw();
  }

  /** Says so, as topology does. */
  void tell(Event.Limits limits) {
    if (limits.at() % 2 == 0) {
      bus.tell(
          TopologyAddresses.UPDATED.at(SITE),
          new TopologyUpdated(id("v" + version), clock.instant(), "x", "y", SITE, version, "x"));
    } else {
      NodeLimit limit = topology.limits().getFirst();
      bus.tell(
          TopologyAddresses.NODE_LIMIT_UPDATED.at(SITE),
          new NodeLimitUpdated(
              id("v" + version),
              clock.instant(),
              "x",
              "y",
              SITE,
              limit.nodeLimitId(),
              limit.nodeId(),
              limit.constraintType(),
              limit));
    }
  }

  void load(String branch, int watts) {
    loads.put(branch, watts);
  }

  void lie(String branch, int watts, long until) {
    lies.put(branch, watts);
    liesUntil.put(branch, until);
  }

  /** What meters show. */
  List<Reading> read(long now, Collection<Charger> chargers) {
    List<Reading> readings = new ArrayList<>();
    for (Branch branch : branches) {
      if (branch.metered()) {
        boolean lying = liesUntil.getOrDefault(branch.name(), 0L) > now;
        int shown = lying ? lies.get(branch.name()) : truth(branch, chargers);
        readings.add(Reading.ofPower(id(branch.name()), clock.instant(), shown));
      }
    }
    return readings;
  }

  private int truth(Branch top, Collection<Charger> chargers) {
    int node = tree.number(id(top.name())).orElseThrow();
    int sum = 0;
    for (Branch branch : branches) {
      boolean below = tree.isWithin(node, tree.number(id(branch.name())).orElseThrow());
      sum += below ? loads.getOrDefault(branch.name(), 0) : 0;
    }
    for (Charger charger : chargers) {
      boolean below = tree.isWithin(node, charger.rating().node());
      sum += below && charger.vehicle() ? charger.held() : 0;
    }
    return sum;
  }

  /** Nodes from a connector to the whole site. */
  List<Integer> above(Charger charger) {
    List<Integer> nodes = new ArrayList<>();
    for (int at = charger.rating().node(); at >= 0; at = tree.parent(at)) {
      nodes.add(at);
    }
    return nodes;
  }
}
