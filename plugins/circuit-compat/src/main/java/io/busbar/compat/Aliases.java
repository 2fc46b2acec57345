package io.busbar.compat;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Which node of which microgrid stands for a circuit. */
final class Aliases {

  private Aliases() {}

  /** A circuit and the one node that stands for it. */
  record Alias(UUID circuitId, TopologySnapshot site, MicrogridNode node) {

    UUID microgridId() {
      return site.microgrid().microgridId();
    }

    UUID nodeId() {
      return node.nodeId();
    }

    /** Whether capacities of this circuit are those of a managed grid connection. */
    boolean isFeeder() {
      return node.nodeType() == NodeType.GRID_CONNECTION;
    }

    int defaultCapacityWatts() {
      return node.asset().map(AssetFacts::ratedWatts).orElse(0);
    }

    /** Its own fail-safe capacity; else what the devices below fall back to by themselves. */
    int failSafeCapacityWatts() {
      return failSafe(node)
          .orElseGet(() -> connectors().stream().mapToInt(it -> failSafe(it).orElse(0)).sum());
    }

    private static OptionalInt failSafe(MicrogridNode node) {
      return node.asset().map(AssetFacts::failSafeWatts).orElse(OptionalInt.empty());
    }

    /** The tightest limit that somebody set on the circuit; empty when its rating is all. */
    Optional<NodeLimit> setLimit() {
      return site.limits().stream()
          .filter(limit -> limit.nodeId().filter(nodeId()::equals).isPresent())
          .filter(limit -> limit.constraintType() == ConstraintType.CONSUMPTION_CAP)
          .filter(limit -> limit.status() == NodeLimit.Status.ACTIVE)
          .filter(limit -> limit.sourceType() != SourceType.PHYSICAL_DERIVED)
          .min(Comparator.comparingInt(NodeLimit::limitWatts));
    }

    /** Connectors below the circuit, in tree order. */
    List<MicrogridNode> connectors() {
      Set<UUID> within = new HashSet<>(Set.of(nodeId()));
      List<MicrogridNode> connectors = new ArrayList<>();
      for (MicrogridNode other : site.nodes()) {
        if (other.parentNodeId().filter(within::contains).isPresent()) {
          within.add(other.nodeId());
          if (other.nodeType() == NodeType.CONNECTOR) {
            connectors.add(other);
          }
        }
      }
      return connectors;
    }
  }

  /** Every node of every site that refers to the circuit. */
  static List<Alias> of(UUID circuitId, Collection<TopologySnapshot> sites) {
    return sites.stream()
        .flatMap(
            site ->
                site.nodes().stream()
                    .filter(
                        node ->
                            node.attachedAssetType().filter(AssetType.CIRCUIT::equals).isPresent())
                    .filter(node -> node.attachedAssetId().filter(circuitId::equals).isPresent())
                    .map(node -> new Alias(circuitId, site, node)))
        .toList();
  }
}
