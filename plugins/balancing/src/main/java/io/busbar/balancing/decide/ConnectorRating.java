package io.busbar.balancing.decide;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a cycle needs to know of a connector's hardware.
 *
 * @param number place among the connectors of its tree
 * @param node number of its node
 * @param nodeId its node
 * @param active whether it and everything above it take part
 * @param displayOrder the tie-breaker
 * @param minWatts least it can give but 0
 * @param maxWatts most that it and its charge point can give
 * @param failSafeWatts what it allows by itself when set-points stop
 * @param watchdog how long after the last set-point that happens
 * @param stepAmps resolution of its set-point per phase; 0 means continuous
 * @param wiring how it is wired; absent where nobody said
 * @param rampWattsPerSecond how fast its device follows its set-point; 0 for at once
 */
public record ConnectorRating(
    int number,
    int node,
    UUID nodeId,
    boolean active,
    int displayOrder,
    int minWatts,
    int maxWatts,
    int failSafeWatts,
    Duration watchdog,
    double stepAmps,
    Optional<Wiring> wiring,
    int rampWattsPerSecond) {

  /** Watts that rounding in floating point must not swallow. */
  private static final double ROUNDING = 1e-6;

  static List<ConnectorRating> of(List<MicrogridNode> nodes, Map<UUID, Integer> numbers) {
    List<ConnectorRating> ratings = new ArrayList<>();
    for (MicrogridNode node : nodes) {
      if (node.nodeType() == NodeType.CONNECTOR) {
        ratings.add(of(ratings.size(), node, nodes, numbers));
      }
    }
    return List.copyOf(ratings);
  }

  private static ConnectorRating of(
      int number, MicrogridNode node, List<MicrogridNode> nodes, Map<UUID, Integer> numbers) {
    AssetFacts asset =
        node.asset()
            .orElseThrow(
                () -> new IllegalArgumentException("connector " + node.name() + " has no asset"));
    ConnectorFacts facts =
        asset
            .connector()
            .orElseThrow(
                () -> new IllegalArgumentException("connector " + node.name() + " has no rating"));
    int pointWatts =
        node.parentNodeId()
            .map(parent -> nodes.get(numbers.get(parent) - 1))
            .filter(parent -> parent.nodeType() == NodeType.CHARGE_POINT)
            .flatMap(MicrogridNode::asset)
            .map(AssetFacts::ratedWatts)
            .orElse(Integer.MAX_VALUE);
    return new ConnectorRating(
        number,
        numbers.get(node.nodeId()),
        node.nodeId(),
        isActive(node, nodes, numbers),
        node.displayOrder(),
        facts.minWatts(),
        Math.min(asset.ratedWatts(), pointWatts),
        asset.failSafeWatts().orElse(0),
        Duration.ofSeconds(facts.watchdogSeconds()),
        facts.stepAmps(),
        asset.wiring(),
        asset.rampWattsPerSecond().orElse(0));
  }

  private static boolean isActive(
      MicrogridNode node, List<MicrogridNode> nodes, Map<UUID, Integer> numbers) {
    return node.status() == MicrogridNode.Status.ACTIVE
        && node.parentNodeId()
            .map(parent -> isActive(nodes.get(numbers.get(parent) - 1), nodes, numbers))
            .orElse(true);
  }

  /** The largest set-point that the device has and that is not above; 0 below its minimum. */
  public int stepBelow(int watts) {
    if (watts < minWatts) {
      return 0;
    }
    if (!hasSteps()) {
      return watts;
    }
    double steps = Math.floor((watts + ROUNDING) / stepWatts());
    return Math.max(minWatts, (int) Math.ceil(steps * stepWatts() - ROUNDING));
  }

  /** The smallest set-point that the device has and that is not below, at most its maximum. */
  public int stepAbove(int watts) {
    int needed = Math.max(watts, minWatts);
    if (!hasSteps() || needed >= maxWatts) {
      return Math.min(needed, maxWatts);
    }
    double steps = Math.ceil((needed - ROUNDING) / stepWatts());
    return Math.min(maxWatts, (int) Math.ceil(steps * stepWatts() - ROUNDING));
  }

  /** How long its device takes for a change. */
  public Duration follows(int watts) {
    return rampWattsPerSecond == 0
        ? Duration.ZERO
        : Duration.ofMillis(watts * 1000L / rampWattsPerSecond);
  }

  /** Whether its set-point has steps at all. */
  boolean hasSteps() {
    return stepAmps > 0 && wiring.isPresent();
  }

  private double stepWatts() {
    return stepAmps * wiring.orElseThrow().wattsPerAmp();
  }
}
