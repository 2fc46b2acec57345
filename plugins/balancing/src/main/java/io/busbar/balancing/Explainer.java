package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.ExplainReply.Sharer;
import io.busbar.api.balancing.ExplainReply.Step;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.SiteTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Says why a node got what it got, from the result of a cycle and the names of the tree. */
final class Explainer {

  private final SiteTree tree;
  private final CycleResult cycle;
  private final Map<UUID, NodeAllocation> lines = new HashMap<>();

  Explainer(SiteTree tree, CycleResult cycle) {
    this.tree = tree;
    this.cycle = cycle;
    cycle.allocationSummary().byNode().forEach(line -> lines.put(line.nodeId(), line));
  }

  ExplainReply explain(UUID nodeId) {
    NodeAllocation own = lines.get(nodeId);
    OptionalInt number = tree.number(nodeId);
    if (own == null || number.isEmpty()) {
      return new ExplainReply.NotFound(
          "cycle " + cycle.cycleId() + " does not know node " + nodeId);
    }
    NodeAllocation line = stopped(own, number.getAsInt());
    List<Sharer> sharers = sharers(line);
    return new ExplainReply.Explained(
        cycle.cycleId(),
        cycle.startedAt(),
        nodeId,
        line.requestedWatts(),
        line.allocatedWatts(),
        line.sourceMode(),
        line.bindingConstraintRef(),
        line.bindingNodeId(),
        path(line, number.getAsInt()),
        sharers,
        new ExplanatorySentence(tree, line, number.getAsInt(), binding(line), sharers).text());
  }

  /** A group that is stopped nowhere itself is stopped where all that it wants for is stopped. */
  private NodeAllocation stopped(NodeAllocation own, int number) {
    if (own.bindingConstraintRef().isPresent() || !isCut(own)) {
      return own;
    }
    List<NodeAllocation> places =
        tree.connectors().stream()
            .filter(connector -> tree.isWithin(number, connector.node()))
            .map(connector -> lines.get(connector.nodeId()))
            .filter(line -> line != null && isCut(line))
            .map(line -> own.stoppedBy(line.bindingConstraintRef(), line.bindingNodeId()))
            .distinct()
            .toList();
    return places.size() == 1 ? places.getFirst() : own;
  }

  private static boolean isCut(NodeAllocation line) {
    return line.allocatedWatts() < line.requestedWatts();
  }

  private List<Step> path(NodeAllocation line, int number) {
    List<Step> steps = new ArrayList<>();
    int binding = binding(line);
    for (int at = number; at > SiteTree.ROOT; at = tree.parent(at)) {
      NodeAllocation there = lines.get(tree.node(at).nodeId());
      if (there != null) {
        steps.add(step(there, at, at == binding));
      }
    }
    steps.add(wholeSite(binding == SiteTree.ROOT));
    return steps;
  }

  private Step step(NodeAllocation there, int number, boolean binds) {
    Optional<ConstraintType> type = type(number, there.limitWatts());
    long used = (long) there.allocatedWatts() + there.uncontrolledWatts();
    return new Step(
        Optional.of(there.nodeId()),
        tree.node(number).name(),
        type.map(its -> tree.limits().ref(its, number)),
        type.flatMap(its -> tree.limits().source(its, number)),
        there.limitWatts(),
        there.allocatedWatts(),
        there.uncontrolledWatts(),
        clamp(used),
        headroom(there.limitWatts(), used),
        there.measuredWatts(),
        Optional.of(there.sourceMode()),
        binds);
  }

  /** Whose limit it was: under a net limit there is what may be set off on top. */
  private Optional<ConstraintType> type(int number, OptionalInt limitWatts) {
    if (limitWatts.isEmpty() || !tree.limits().bounds(number)) {
      return Optional.empty();
    }
    long most = tree.limits().watts(ConstraintType.CONSUMPTION_CAP, number);
    boolean byConsumption = limitWatts.getAsInt() == most;
    boolean byNet = !byConsumption && tree.limits().bounds(ConstraintType.NET_CAP, number);
    return Optional.of(byNet ? ConstraintType.NET_CAP : ConstraintType.CONSUMPTION_CAP)
        .filter(its -> tree.limits().bounds(its, number));
  }

  /** What the aggregate cap bounds; the cycle's result has it as sums. */
  private Step wholeSite(boolean binds) {
    AllocationSummary all = cycle.allocationSummary();
    boolean bounds = tree.limits().bounds(SiteTree.ROOT);
    long used = (long) all.allocatedWatts() + all.uncontrolledWatts();
    OptionalInt limit =
        bounds ? OptionalInt.of(clamp(tree.limits().watts(SiteTree.ROOT))) : OptionalInt.empty();
    Optional<ConstraintType> type = type(SiteTree.ROOT, limit);
    return new Step(
        Optional.empty(),
        "the site " + tree.name(),
        type.map(its -> tree.limits().ref(its, SiteTree.ROOT)),
        type.flatMap(its -> tree.limits().source(its, SiteTree.ROOT)),
        limit,
        all.allocatedWatts(),
        all.uncontrolledWatts(),
        clamp(used),
        headroom(limit, used),
        OptionalInt.empty(),
        Optional.empty(),
        binds);
  }

  private static OptionalInt headroom(OptionalInt limit, long used) {
    return limit.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(0, limit.getAsInt() - used));
  }

  private static int clamp(long watts) {
    return (int) Math.min(Integer.MAX_VALUE, watts);
  }

  /** Number of the node that stopped a node; −1 where none did. */
  private int binding(NodeAllocation line) {
    boolean bySite = line.bindingConstraintRef().isPresent() && line.bindingNodeId().isEmpty();
    return line.bindingNodeId()
        .map(id -> tree.number(id).orElse(-1))
        .orElse(bySite && isCut(line) ? SiteTree.ROOT : -1);
  }

  /** Connectors that want something and hang from what stopped the node. */
  private List<Sharer> sharers(NodeAllocation line) {
    int binding = binding(line);
    List<Sharer> sharers = new ArrayList<>();
    for (ConnectorRating connector : tree.connectors()) {
      NodeAllocation other = lines.get(connector.nodeId());
      boolean shares =
          binding >= 0
              && other != null
              && other != line
              && other.requestedWatts() > 0
              && tree.isWithin(binding, connector.node());
      if (shares) {
        sharers.add(
            new Sharer(
                connector.nodeId(),
                tree.node(connector.node()).name(),
                other.requestedWatts(),
                other.allocatedWatts()));
      }
    }
    return sharers;
  }
}
