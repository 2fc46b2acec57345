package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.topology.Site.Rated;
import io.busbar.topology.Site.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Derives the nodes of a tree from a site that keeps every rule. Nodes whose asset was in the
 * previous tree keep their id and status.
 */
final class TreeDerivation {

  private final Site site;
  private final SiteIds ids;
  private final Map<UUID, MicrogridNode> previousByAsset;
  private final Set<UUID> taken;
  private final Map<Optional<Ref>, List<Rated>> children = new LinkedHashMap<>();
  private final Map<Ref, UUID> nodeIds = new LinkedHashMap<>();
  private final List<MicrogridNode> nodes = new ArrayList<>();

  private TreeDerivation(Site site, List<MicrogridNode> previous) {
    this.site = site;
    this.ids = new SiteIds(site.depot().id());
    this.previousByAsset =
        previous.stream()
            .filter(node -> node.attachedAssetId().isPresent())
            .collect(Collectors.toMap(n -> n.attachedAssetId().get(), Function.identity()));
    this.taken = previous.stream().map(MicrogridNode::nodeId).collect(Collectors.toSet());
  }

  /**
   * Derives anew.
   *
   * @param previous the nodes so far; empty when there are none
   * @return parents before children, in the order of the site file
   */
  static List<MicrogridNode> derive(Site site, List<MicrogridNode> previous) {
    return new TreeDerivation(site, previous).derive();
  }

  private List<MicrogridNode> derive() {
    Stream.of(site.circuits(), site.powerSources(), site.chargePoints(), site.connectors())
        .flatMap(List::stream)
        .forEach(
            asset ->
                children.computeIfAbsent(asset.parent(), none -> new ArrayList<>()).add(asset));
    descend(Optional.empty());
    return nodes;
  }

  private void descend(Optional<Ref> parent) {
    for (Rated asset : children.getOrDefault(parent, List.of())) {
      MicrogridNode node = node(asset);
      nodeIds.put(asset.ref(), node.nodeId());
      nodes.add(node);
      descend(Optional.of(asset.ref()));
    }
  }

  private MicrogridNode node(Rated asset) {
    UUID assetId = ids.assetId(asset.ref());
    Optional<MicrogridNode> previous = Optional.ofNullable(previousByAsset.get(assetId));
    return new MicrogridNode(
        previous.map(MicrogridNode::nodeId).orElseGet(() -> freshId(asset)),
        ids.microgridId(),
        asset.parent().map(nodeIds::get),
        asset.name(),
        nodeType(asset),
        Optional.of(StoredAssets.type(asset)),
        Optional.of(assetId),
        previous.map(MicrogridNode::status).orElse(Status.ACTIVE),
        nodes.size(),
        Optional.of(Facts.of(asset)));
  }

  /** The same every time, and nobody else's: an edit may have given it to another node. */
  private UUID freshId(Rated asset) {
    UUID id = ids.nodeId(asset.ref());
    while (taken.contains(id)) {
      id = SiteIds.otherThan(id);
    }
    return id;
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
}
