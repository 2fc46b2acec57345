package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.Violation;
import io.busbar.api.topology.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether what all devices fall back to by themselves fits under every rating, so that a site is
 * safe while nobody balances it.
 */
final class FailSafeSum {

  private static final double ROUNDING_AMPS = 1e-3;

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
    below(nodes).forEach((node, load) -> checkCurrents(node, load, violations));
    return violations;
  }

  private static void checkCurrents(MicrogridNode top, LineLoad load, List<Violation> violations) {
    for (Conductor line : top.asset().orElseThrow().conductors()) {
      double amps = load.mostAmps(line);
      if (amps > line.maxAmps() + ROUNDING_AMPS) {
        violations.add(
            new Violation(
                "FAIL_SAFE_SUM",
                Optional.of(top.nodeId()),
                String.format(
                    Locale.ROOT,
                    "conductor '%s' of %s '%s' carries %.1f A, but the devices below it fall back"
                        + " to %.1f A in all",
                    line.name(),
                    top.nodeType(),
                    top.name(),
                    line.maxAmps(),
                    amps)));
      }
    }
  }

  /** What may flow below every node with bounded conductors. */
  private static Map<MicrogridNode, LineLoad> below(List<MicrogridNode> nodes) {
    Map<UUID, LineLoad> loads = new HashMap<>();
    for (MicrogridNode node : nodes) {
      if (!node.asset().map(AssetFacts::conductors).orElse(List.of()).isEmpty()) {
        loads.put(node.nodeId(), new LineLoad());
      }
    }
    if (loads.isEmpty()) {
      return Map.of();
    }
    Map<UUID, MicrogridNode> byId = HashMap.newHashMap(nodes.size());
    nodes.forEach(node -> byId.put(node.nodeId(), node));
    for (MicrogridNode node : nodes) {
      if (node.nodeType() == NodeType.CONNECTOR && failSafe(node) > 0) {
        addUpwards(node, byId, loads);
      }
    }
    Map<MicrogridNode, LineLoad> below = new LinkedHashMap<>();
    nodes.stream()
        .filter(node -> loads.containsKey(node.nodeId()))
        .forEach(node -> below.put(node, loads.get(node.nodeId())));
    return below;
  }

  private static void addUpwards(
      MicrogridNode connector, Map<UUID, MicrogridNode> byId, Map<UUID, LineLoad> loads) {
    Wiring wiring = connector.asset().flatMap(AssetFacts::wiring).orElseThrow();
    MicrogridNode at = connector;
    while (at != null) {
      LineLoad load = loads.get(at.nodeId());
      if (load != null) {
        load.add(wiring, failSafe(connector));
      }
      at = at.parentNodeId().map(byId::get).orElse(null);
    }
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
