package io.busbar.balancing;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import io.busbar.balancing.decide.SiteTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Draws a site for a test, parents first. Every connector hangs from a charge point of its own
 * called {@code NAME-point}; it takes 1,380 W (6 A) to 7,360 W (32 A) of one phase unless said
 * otherwise.
 */
public final class SiteSketch {

  public static final int MIN = 1_380;
  public static final int MAX = 7_360;

  private final List<MicrogridNode> nodes = new ArrayList<>();
  private final List<NodeLimit> limits = new ArrayList<>();
  private final List<Meter> meters = new ArrayList<>();
  private int version = 1;
  private double stepAmps;
  private int failSafeAmps;
  private int watchdogSeconds = 60;
  private int minWatts = MIN;
  private Wiring wiring = new Wiring(230, Wiring.Phases.L1);

  /** Id of whatever has this name. */
  public static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  public SiteSketch version(int number) {
    version = number;
    return this;
  }

  /** Resolution of the connectors that follow. */
  public SiteSketch stepAmps(double amps) {
    stepAmps = amps;
    return this;
  }

  /** What the connectors that follow allow by themselves. */
  public SiteSketch failSafeAmps(int amps) {
    failSafeAmps = amps;
    return this;
  }

  /** How long the connectors that follow keep a set-point. */
  public SiteSketch watchdogSeconds(int seconds) {
    watchdogSeconds = seconds;
    return this;
  }

  /** Least that the connectors that follow can give. */
  public SiteSketch minWatts(int watts) {
    minWatts = watts;
    return this;
  }

  /** How the connectors that follow are wired. */
  public SiteSketch wiring(int volts, Wiring.Phases phases) {
    wiring = new Wiring(volts, phases);
    return this;
  }

  /** The aggregate cap. */
  public SiteSketch aggregate(int watts) {
    limits.add(limit("aggregate", Optional.empty(), ConstraintType.CONSUMPTION_CAP, watts));
    return this;
  }

  public SiteSketch grid(String name, int watts) {
    return node(name, null, NodeType.GRID_CONNECTION, AssetType.CIRCUIT, plain(name, watts));
  }

  /** A circuit whose wires are bounded beside its watts. */
  public SiteSketch circuit(String name, String parent, int watts, Conductor... conductors) {
    AssetFacts asset =
        new AssetFacts(
            name,
            watts,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(conductors));
    return node(name, parent, NodeType.CIRCUIT, AssetType.CIRCUIT, asset);
  }

  public SiteSketch connectors(String parent, String... names) {
    for (String name : names) {
      connector(name, parent, MAX);
    }
    return this;
  }

  public SiteSketch connector(String name, String parent, int maxWatts) {
    String point = name + "-point";
    node(point, parent, NodeType.CHARGE_POINT, AssetType.CHARGE_POINT, plain(point, maxWatts));
    return connectorAt(name, point, maxWatts);
  }

  /** A connector at a charge point that is there already. */
  public SiteSketch connectorAt(String name, String point, int maxWatts) {
    ConnectorFacts facts =
        new ConnectorFacts(6, maxWatts / 230.0, stepAmps, failSafeAmps, watchdogSeconds, minWatts);
    AssetFacts asset =
        new AssetFacts(
            name,
            maxWatts,
            OptionalInt.of(failSafeAmps * 230),
            Optional.of(wiring),
            Optional.of(facts),
            Optional.empty(),
            List.of());
    return node(name, point, NodeType.CONNECTOR, AssetType.CONNECTOR, asset);
  }

  public SiteSketch point(String name, String parent, int watts) {
    return node(name, parent, NodeType.CHARGE_POINT, AssetType.CHARGE_POINT, plain(name, watts));
  }

  public SiteSketch solar(String name, String parent, int exportWatts) {
    AssetFacts asset =
        new AssetFacts(
            name,
            0,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new SourceFacts(SourceFacts.Kind.PV, exportWatts)),
            List.of());
    return node(name, parent, NodeType.POWER_SOURCE, AssetType.POWER_SOURCE, asset);
  }

  /** A limit that bounds the lines' currents too. */
  public SiteSketch linesLimited(String node, int watts, LineAmps amps) {
    limits.add(
        new NodeLimit(
            id("lines " + node),
            id("site"),
            Optional.of(id(node)),
            ConstraintType.CONSUMPTION_CAP,
            watts,
            Optional.of(amps),
            SourceType.MANUAL,
            NodeLimit.Status.ACTIVE,
            Instant.EPOCH));
    return this;
  }

  public SiteSketch meter(String name, String node, Fallback... fallback) {
    meters.add(new Meter(id(name), name, id(node), List.of(fallback)));
    return this;
  }

  /** A meter of which more is known than what it measures. */
  public SiteSketch meter(String name, String node, Meter.Checks checks, Fallback... fallback) {
    meters.add(new Meter(id(name), name, id(node), List.of(fallback), checks));
    return this;
  }

  /** An aggregate cap of any type. */
  public SiteSketch aggregate(ConstraintType type, int watts) {
    limits.add(limit("aggregate " + type, Optional.empty(), type, watts));
    return this;
  }

  /** Bounds how fast what is allowed below a node may rise. */
  public SiteSketch ramp(String node, int wattsPerSecond) {
    nodes.replaceAll(
        known -> known.nodeId().equals(id(node)) ? rising(known, wattsPerSecond) : known);
    return this;
  }

  private static MicrogridNode rising(MicrogridNode node, int wattsPerSecond) {
    AssetFacts asset = node.asset().orElseThrow();
    AssetFacts rising =
        new AssetFacts(
            asset.ref(),
            asset.ratedWatts(),
            asset.failSafeWatts(),
            asset.wiring(),
            asset.connector(),
            asset.source(),
            asset.conductors(),
            OptionalInt.of(wattsPerSecond));
    return with(node, node.status(), Optional.of(rising));
  }

  /** Says at which voltage the three lines of a circuit are, line to neutral. */
  public SiteSketch wired(String node, int volts) {
    Wiring lines = new Wiring(volts, Wiring.Phases.L1L2L3);
    nodes.replaceAll(known -> known.nodeId().equals(id(node)) ? wired(known, lines) : known);
    return this;
  }

  private static MicrogridNode wired(MicrogridNode node, Wiring lines) {
    AssetFacts asset = node.asset().orElseThrow();
    AssetFacts wired =
        new AssetFacts(
            asset.ref(),
            asset.ratedWatts(),
            asset.failSafeWatts(),
            Optional.of(lines),
            asset.connector(),
            asset.source(),
            asset.conductors(),
            asset.rampWattsPerSecond());
    return with(node, node.status(), Optional.of(wired));
  }

  /** A second limit on a node. */
  public SiteSketch alsoLimited(String node, ConstraintType type, int watts) {
    limits.add(limit(node + "-also " + type, Optional.of(id(node)), type, watts));
    return this;
  }

  /** Sets a node's rating aside, as a limit of an operator does. */
  public SiteSketch setAside(String node) {
    limits.replaceAll(
        known -> known.nodeId().equals(Optional.of(id(node))) ? inactive(known) : known);
    return this;
  }

  private static NodeLimit inactive(NodeLimit limit) {
    return new NodeLimit(
        limit.nodeLimitId(),
        limit.microgridId(),
        limit.nodeId(),
        limit.constraintType(),
        limit.limitWatts(),
        limit.limitAmps(),
        limit.sourceType(),
        NodeLimit.Status.INACTIVE,
        limit.updatedAt());
  }

  public SiteSketch status(String node, MicrogridNode.Status status) {
    nodes.replaceAll(known -> known.nodeId().equals(id(node)) ? with(known, status) : known);
    return this;
  }

  public static Fallback lastGood(int seconds) {
    return new Fallback(Fallback.Policy.LAST_GOOD, OptionalInt.empty(), OptionalInt.of(seconds));
  }

  public static Fallback fixed(int watts) {
    return new Fallback(Fallback.Policy.FIXED, OptionalInt.of(watts), OptionalInt.empty());
  }

  public static Fallback rated() {
    return new Fallback(Fallback.Policy.RATED, OptionalInt.empty(), OptionalInt.empty());
  }

  private SiteSketch node(
      String name, String parent, NodeType type, AssetType assetType, AssetFacts asset) {
    nodes.add(
        new MicrogridNode(
            id(name),
            id("site"),
            Optional.ofNullable(parent).map(SiteSketch::id),
            name,
            type,
            Optional.of(assetType),
            Optional.of(id("asset " + name)),
            MicrogridNode.Status.ACTIVE,
            nodes.size(),
            Optional.of(asset)));
    limits.add(
        limit(name, Optional.of(id(name)), ConstraintType.CONSUMPTION_CAP, asset.ratedWatts()));
    return this;
  }

  private static MicrogridNode with(MicrogridNode node, MicrogridNode.Status status) {
    return with(node, status, node.asset());
  }

  private static MicrogridNode with(
      MicrogridNode node, MicrogridNode.Status status, Optional<AssetFacts> asset) {
    return new MicrogridNode(
        node.nodeId(),
        node.microgridId(),
        node.parentNodeId(),
        node.name(),
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        status,
        node.displayOrder(),
        asset);
  }

  private static AssetFacts plain(String name, int watts) {
    return new AssetFacts(
        name,
        watts,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static NodeLimit limit(String name, Optional<UUID> node, ConstraintType type, int watts) {
    return new NodeLimit(
        id("limit " + name),
        id("site"),
        node,
        type,
        watts,
        Optional.empty(),
        SourceType.PHYSICAL_DERIVED,
        NodeLimit.Status.ACTIVE,
        Instant.EPOCH);
  }

  public TopologySnapshot topology() {
    return new TopologySnapshot(
        new Microgrid(id("site"), id("depot"), "Sketch", "UTC", version), nodes, limits, meters);
  }

  public SiteTree tree() {
    return SiteTree.of(topology());
  }
}
