package io.busbar.envelope;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.TopologySnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What of a site's tree matters here: its nodes, their ratings, who feeds them. */
final class SiteView {

  private final Microgrid microgrid;
  private final Map<UUID, MicrogridNode> nodes = new LinkedHashMap<>();
  private final Map<UUID, Long> failSafeBelow = new HashMap<>();
  private final List<NodeLimit> limits;
  private final Map<UUID, ControlPoint> points = new HashMap<>();
  private final List<Feeder> feeders;

  /**
   * A managed grid connection and the one circuit that feeds it.
   *
   * @param circuitId the circuit asset
   * @param nodeId the grid connection
   * @param ratedWatts what the circuit carries by rating
   */
  record Feeder(UUID circuitId, UUID nodeId, int ratedWatts) {}

  /**
   * A limit that stands without any envelope.
   *
   * @param watts its value
   * @param source {@code default} for a rating, else {@code node-limit:ID}
   */
  record Baseline(int watts, String source) {}

  SiteView(TopologySnapshot snapshot, List<ControlPoint> controlPoints) {
    this.microgrid = snapshot.microgrid();
    this.limits = snapshot.limits();
    snapshot.nodes().forEach(node -> nodes.put(node.nodeId(), node));
    controlPoints.forEach(point -> points.put(point.controlPointId(), point));
    for (MicrogridNode node : snapshot.nodes().reversed()) {
      long own = node.nodeType() == NodeType.CONNECTOR ? assetFailSafe(node).orElse(0) : 0;
      long below = failSafeBelow.merge(node.nodeId(), own, Long::sum);
      node.parentNodeId().ifPresent(parent -> failSafeBelow.merge(parent, below, Long::sum));
    }
    this.feeders =
        snapshot.nodes().stream()
            .filter(node -> node.nodeType() == NodeType.GRID_CONNECTION)
            .flatMap(node -> feeder(node).stream())
            .toList();
  }

  UUID id() {
    return microgrid.microgridId();
  }

  int version() {
    return microgrid.version();
  }

  Optional<MicrogridNode> node(UUID nodeId) {
    return Optional.ofNullable(nodes.get(nodeId));
  }

  Optional<ControlPoint> controlPoint(UUID controlPointId) {
    return Optional.ofNullable(points.get(controlPointId));
  }

  /** Whether somebody has switched a control point off, so that its source has no say. */
  boolean isDisabled(UUID controlPointId) {
    return controlPoint(controlPointId)
        .filter(point -> point.state() == ControlPoint.State.disabled)
        .isPresent();
  }

  /** Grid connections that exactly one circuit feeds, in tree order. */
  List<Feeder> feeders() {
    return feeders;
  }

  private Optional<Feeder> feeder(MicrogridNode node) {
    List<MicrogridNode> circuits = circuitsOf(node.nodeId());
    return circuits.size() != 1
        ? Optional.empty()
        : Optional.of(
            new Feeder(
                circuits.getFirst().attachedAssetId().orElseThrow(),
                node.nodeId(),
                circuits.getFirst().asset().map(AssetFacts::ratedWatts).orElse(0)));
  }

  /**
   * Nodes that stand for circuits feeding a grid connection: itself when it refers to one, else
   * those right below it.
   */
  List<MicrogridNode> circuitsOf(UUID gridConnection) {
    MicrogridNode node = nodes.get(gridConnection);
    if (isCircuit(node)) {
      return List.of(node);
    }
    return nodes.values().stream()
        .filter(other -> other.parentNodeId().filter(gridConnection::equals).isPresent())
        .filter(SiteView::isCircuit)
        .toList();
  }

  private static boolean isCircuit(MicrogridNode node) {
    return node.attachedAssetType().filter(AssetType.CIRCUIT::equals).isPresent();
  }

  /**
   * What a node carries by rating and by limits that somebody set; empty when nothing bounds it.
   */
  Optional<Baseline> baseline(UUID nodeId) {
    return limits.stream()
        .filter(limit -> limit.nodeId().filter(nodeId::equals).isPresent())
        .filter(limit -> limit.constraintType() == ConstraintType.CONSUMPTION_CAP)
        .filter(
            limit ->
                limit.status() == NodeLimit.Status.ACTIVE
                    || limit.sourceType() == SourceType.PHYSICAL_DERIVED)
        .min(
            Comparator.comparingInt(NodeLimit::limitWatts)
                .thenComparing(NodeLimit::sourceType)
                .thenComparing(NodeLimit::nodeLimitId))
        .map(
            limit ->
                new Baseline(
                    limit.limitWatts(),
                    limit.sourceType() == SourceType.PHYSICAL_DERIVED
                        ? "default"
                        : "node-limit:" + limit.nodeLimitId()));
  }

  /**
   * What a node may draw while too little is known: the fail-safe capacity of its asset; else what
   * the devices below it fall back to by themselves.
   */
  int failSafeWatts(UUID nodeId) {
    MicrogridNode node = nodes.get(nodeId);
    return assetFailSafe(node)
        .orElseGet(() -> (int) Math.min(Integer.MAX_VALUE, failSafeBelow.get(nodeId)));
  }

  private static Optional<Integer> assetFailSafe(MicrogridNode node) {
    return node.asset()
        .map(AssetFacts::failSafeWatts)
        .filter(watts -> watts.isPresent())
        .map(watts -> watts.getAsInt());
  }
}
