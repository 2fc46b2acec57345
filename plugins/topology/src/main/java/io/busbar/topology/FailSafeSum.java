package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether what all devices fall back to by themselves fits under every rating, so that a site is
 * safe while nobody balances it.
 */
final class FailSafeSum {

  private FailSafeSum() {}

  /** Nodes, parents before children, that could not carry it. */
  static List<Violation> check(List<MicrogridNode> nodes) {
    Map<UUID, Long> sums = HashMap.newHashMap(nodes.size());
    for (MicrogridNode node : nodes.reversed()) {
      long own = node.nodeType() == NodeType.CONNECTOR ? failSafe(node) : 0;
      long sum = sums.merge(node.nodeId(), own, Long::sum);
      node.parentNodeId().ifPresent(parent -> sums.merge(parent, sum, Long::sum));
    }
    List<Violation> violations = new ArrayList<>();
    for (MicrogridNode node : nodes) {
      long sum = sums.get(node.nodeId());
      node.asset()
          .filter(asset -> sum > carries(node, asset))
          .map(asset -> violation(node, asset, sum))
          .ifPresent(violations::add);
    }
    return violations;
  }

  private static long failSafe(MicrogridNode connector) {
    return connector.asset().map(asset -> asset.failSafeWatts().orElse(0)).orElse(0);
  }

  /** A circuit's fail-safe capacity is the one that holds when set-points have stopped. */
  private static int carries(MicrogridNode node, AssetFacts asset) {
    return node.attachedAssetType().filter(AssetType.CIRCUIT::equals).isPresent()
        ? asset.failSafeWatts().orElse(asset.ratedWatts())
        : asset.ratedWatts();
  }

  private static Violation violation(MicrogridNode node, AssetFacts asset, long sum) {
    return new Violation(
        "FAIL_SAFE_SUM",
        Optional.of(node.nodeId()),
        "%s '%s' carries %d W, but the devices below it fall back to %d W in all"
            .formatted(node.nodeType(), node.name(), carries(node, asset), sum));
  }
}
