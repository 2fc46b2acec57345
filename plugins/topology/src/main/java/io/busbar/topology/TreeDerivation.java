package io.busbar.topology;

import static io.busbar.api.topology.NodeLimit.ConstraintType.CONSUMPTION_CAP;
import static io.busbar.api.topology.NodeLimit.ConstraintType.GENERATION_CAP;
import static io.busbar.api.topology.NodeLimit.SourceType.FAIL_SAFE;
import static io.busbar.api.topology.NodeLimit.SourceType.PHYSICAL_DERIVED;

import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.topology.Site.Rated;
import io.busbar.topology.Site.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Derives the tree and its baseline limits from a site that keeps every rule. Nodes whose asset was
 * in the previous tree keep their id and status, limits that say the same keep their time.
 */
final class TreeDerivation {

  private final Site site;
  private final SiteIds ids;
  private final Instant now;
  private final Map<UUID, MicrogridNode> previousByAsset;
  private final Map<UUID, NodeLimit> previousLimits;
  private final Map<Optional<Ref>, List<Rated>> children = new LinkedHashMap<>();
  private final Map<Ref, UUID> nodeIds = new LinkedHashMap<>();
  private final List<MicrogridNode> nodes = new ArrayList<>();
  private final List<NodeLimit> limits = new ArrayList<>();

  private TreeDerivation(Site site, Tree previous, Instant now) {
    this.site = site;
    this.ids = new SiteIds(site.depot().id());
    this.now = now;
    this.previousByAsset =
        previous.nodes().stream()
            .filter(node -> node.attachedAssetId().isPresent())
            .collect(Collectors.toMap(n -> n.attachedAssetId().get(), Function.identity()));
    this.previousLimits =
        previous.limits().stream()
            .collect(Collectors.toMap(NodeLimit::nodeLimitId, Function.identity()));
  }

  /**
   * Derives anew.
   *
   * @param previous the tree so far; empty when there is none
   * @param now time of limits that are new or changed
   */
  static Tree derive(Site site, Tree previous, Instant now) {
    return new TreeDerivation(site, previous, now).derive();
  }

  private Tree derive() {
    Stream.of(site.circuits(), site.powerSources(), site.chargePoints(), site.connectors())
        .flatMap(List::stream)
        .forEach(
            asset ->
                children.computeIfAbsent(asset.parent(), none -> new ArrayList<>()).add(asset));
    descend(Optional.empty());
    return new Tree(nodes, limits, meters());
  }

  private void descend(Optional<Ref> parent) {
    for (Rated asset : children.getOrDefault(parent, List.of())) {
      MicrogridNode node = node(asset);
      nodeIds.put(asset.ref(), node.nodeId());
      nodes.add(node);
      addLimits(asset, node.nodeId());
      descend(Optional.of(asset.ref()));
    }
  }

  private MicrogridNode node(Rated asset) {
    UUID assetId = ids.assetId(asset.ref());
    Optional<MicrogridNode> previous = Optional.ofNullable(previousByAsset.get(assetId));
    return new MicrogridNode(
        previous.map(MicrogridNode::nodeId).orElseGet(() -> ids.nodeId(asset.ref())),
        ids.microgridId(),
        asset.parent().map(nodeIds::get),
        asset.name(),
        nodeType(asset),
        Optional.of(assetType(asset)),
        Optional.of(assetId),
        previous.map(MicrogridNode::status).orElse(Status.ACTIVE),
        nodes.size(),
        Optional.of(Facts.of(asset)));
  }

  private static NodeType nodeType(Rated asset) {
    return switch (asset) {
      case Site.Circuit circuit ->
          circuit.parent().isEmpty() ? NodeType.GRID_CONNECTION : NodeType.CIRCUIT;
      case Site.ChargePoint _ -> NodeType.CHARGE_POINT;
      case Site.Connector _ -> NodeType.CONNECTOR;
      case Site.PowerSource _ -> NodeType.POWER_SOURCE;
    };
  }

  private static AssetType assetType(Rated asset) {
    return switch (asset) {
      case Site.Circuit _ -> AssetType.CIRCUIT;
      case Site.ChargePoint _ -> AssetType.CHARGE_POINT;
      case Site.Connector _ -> AssetType.CONNECTOR;
      case Site.PowerSource _ -> AssetType.POWER_SOURCE;
    };
  }

  private void addLimits(Rated asset, UUID nodeId) {
    switch (asset) {
      case Site.Circuit circuit -> {
        addRating(nodeId, CONSUMPTION_CAP, circuit.capacityWatts());
        addFailSafe(nodeId, circuit.failSafeWatts());
      }
      case Site.ChargePoint point -> addRating(nodeId, CONSUMPTION_CAP, point.maxWatts());
      case Site.Connector connector ->
          addRating(nodeId, CONSUMPTION_CAP, connector.rating().maxWatts());
      case Site.PowerSource source -> {
        addRating(nodeId, CONSUMPTION_CAP, source.maxImportWatts());
        addRating(nodeId, GENERATION_CAP, source.maxExportWatts());
      }
    }
  }

  private void addRating(UUID nodeId, ConstraintType type, int watts) {
    addLimit(nodeId, type, watts, PHYSICAL_DERIVED, NodeLimit.Status.ACTIVE);
  }

  /** Kept ready for the time when the state of the site is uncertain; does not bind before. */
  private void addFailSafe(UUID nodeId, OptionalInt watts) {
    watts.ifPresent(
        w -> addLimit(nodeId, CONSUMPTION_CAP, w, FAIL_SAFE, NodeLimit.Status.INACTIVE));
  }

  private void addLimit(
      UUID nodeId, ConstraintType type, int watts, SourceType source, NodeLimit.Status status) {
    UUID limitId = SiteIds.limitId(nodeId, type, source);
    NodeLimit previous = previousLimits.get(limitId);
    boolean same =
        previous != null && previous.limitWatts() == watts && previous.status() == status;
    limits.add(
        new NodeLimit(
            limitId,
            ids.microgridId(),
            Optional.of(nodeId),
            type,
            watts,
            Optional.empty(),
            source,
            status,
            same ? previous.updatedAt() : now));
  }

  private List<Meter> meters() {
    return site.meters().stream()
        .flatMap(
            asset ->
                asset.measures().map(nodeIds::get).stream()
                    .map(nodeId -> MeterParser.meter(asset, ids, nodeId)))
        .toList();
  }
}
