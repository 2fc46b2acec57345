package io.busbar.balancing.decide;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A power source as the tree knows it.
 *
 * @param node number of its node
 * @param nodeId its node
 * @param ref what its file calls it
 * @param followsTheSky whether its power is never the same for long, as that of a PV array
 * @param maxImportWatts most it can take
 * @param maxExportWatts most it can feed in
 */
public record PowerSource(
    int node,
    UUID nodeId,
    String ref,
    boolean followsTheSky,
    int maxImportWatts,
    int maxExportWatts) {

  static List<PowerSource> of(List<MicrogridNode> nodes, Map<UUID, Integer> numbers) {
    return nodes.stream()
        .filter(node -> node.nodeType() == NodeType.POWER_SOURCE)
        .map(node -> of(node, node.asset().orElseThrow(), numbers.get(node.nodeId())))
        .toList();
  }

  private static PowerSource of(MicrogridNode node, AssetFacts asset, int number) {
    return new PowerSource(
        number,
        node.nodeId(),
        asset.ref(),
        asset.source().filter(facts -> facts.kind() == SourceFacts.Kind.PV).isPresent(),
        asset.ratedWatts(),
        asset.source().map(SourceFacts::ratedExportWatts).orElse(0));
  }
}
