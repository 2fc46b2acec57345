package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.SourceMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Says why a node got what it got, from the result of a cycle and the tree's names. */
final class Explainer {

  private final SiteTree tree;
  private final CycleResult cycle;
  private final Map<UUID, NodeAllocation> byId = new HashMap<>();

  Explainer(SiteTree tree, CycleResult cycle) {
    this.tree = tree;
    this.cycle = cycle;
    cycle.allocationSummary().byNode().forEach(node -> byId.put(node.nodeId(), node));
  }

  ExplainReply explain(UUID nodeId) {
    NodeAllocation node = byId.get(nodeId);
    Optional<Integer> index = tree.find(nodeId);
    if (node == null || index.isEmpty()) {
      return new ExplainReply.NotFound(
          "cycle " + cycle.cycleId() + " does not know node " + nodeId);
    }
    List<ExplainReply.Sharer> sharers = sharers(node, index.get());
    return new ExplainReply.Explained(
        cycle.cycleId(),
        cycle.startedAt(),
        nodeId,
        node.requestedWatts(),
        node.allocatedWatts(),
        node.sourceMode(),
        node.bindingConstraintRef(),
        node.bindingNodeId(),
        path(node, index.get()),
        sharers,
        sentence(node, index.get(), sharers.size()));
  }

  private List<ExplainReply.Step> path(NodeAllocation node, int index) {
    List<ExplainReply.Step> steps = new ArrayList<>();
    for (int at = index; at > SiteTree.ROOT; at = tree.parent(at)) {
      NodeAllocation entry = byId.get(tree.node(at).nodeId());
      if (entry == null) {
        continue;
      }
      OptionalInt headroom =
          entry.limitWatts().isPresent()
              ? OptionalInt.of(
                  Math.max(
                      0,
                      entry.limitWatts().getAsInt()
                          - entry.allocatedWatts()
                          - entry.uncontrolledWatts()))
              : OptionalInt.empty();
      steps.add(
          new ExplainReply.Step(
              entry.nodeId(),
              tree.name(at),
              tree.limitRef(at),
              entry.limitWatts(),
              entry.allocatedWatts(),
              entry.uncontrolledWatts(),
              headroom,
              node.bindingNodeId().equals(Optional.of(entry.nodeId()))));
    }
    return steps;
  }

  private List<ExplainReply.Sharer> sharers(NodeAllocation node, int self) {
    Optional<Integer> binding = node.bindingNodeId().flatMap(tree::find);
    List<ExplainReply.Sharer> sharers = new ArrayList<>();
    for (SiteTree.Connector connector : tree.connectors()) {
      NodeAllocation other = byId.get(connector.nodeId());
      boolean shares =
          binding.isPresent()
              && other != null
              && connector.node() != self
              && other.requestedWatts() > 0
              && tree.isBelow(connector.node(), binding.get());
      if (shares) {
        sharers.add(
            new ExplainReply.Sharer(
                connector.nodeId(),
                tree.name(connector.node()),
                other.requestedWatts(),
                other.allocatedWatts()));
      }
    }
    return sharers;
  }

  private String sentence(NodeAllocation node, int index, int sharers) {
    String name = tree.name(index);
    if (node.requestedWatts() == 0) {
      return name + " wants nothing at the moment.";
    }
    if (node.allocatedWatts() >= node.requestedWatts()) {
      return "%s gets all of the %s it wants.".formatted(name, watts(node.requestedWatts()));
    }
    Optional<Integer> binding = node.bindingNodeId().flatMap(tree::find);
    if (binding.isEmpty()) {
      return tree.connectorAt(index).isPresent() ? fallback(node, name) : partly(node, name);
    }
    String got =
        node.allocatedWatts() == 0
            ? "%s is paused, although it wants %s, because its minimum does not fit under"
                .formatted(name, watts(node.requestedWatts()))
            : "%s gets %s of the %s it wants because"
                .formatted(name, watts(node.allocatedWatts()), watts(node.requestedWatts()));
    String limit = tree.name(binding.get()) + " (" + watts((int) tree.limit(binding.get())) + ")";
    String full = node.allocatedWatts() == 0 ? "" : " is full";
    String others =
        sharers == 0
            ? ""
            : "; it shares it with " + sharers + (sharers == 1 ? " other" : " others");
    return got + " " + limit + full + others + ".";
  }

  private static String fallback(NodeAllocation node, String name) {
    return "%s gets %s of the %s it wants: too little is known of it or of a meter above it, so it is"
            .formatted(name, watts(node.allocatedWatts()), watts(node.requestedWatts()))
        + (node.sourceMode() == SourceMode.MEASURED ? "" : ", for want of a measurement,")
        + " held at its fail-safe value.";
  }

  private static String partly(NodeAllocation node, String name) {
    return "Below %s, %s of the %s that is wanted was given; see its connectors for what stopped each."
        .formatted(name, watts(node.allocatedWatts()), watts(node.requestedWatts()));
  }

  private static String watts(int watts) {
    return String.format(java.util.Locale.ROOT, "%,d W", watts);
  }
}
