package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** A plan in the words of the contract: who wanted and got what, outcome and reasons. */
final class Report {

  private final Plan plan;
  private final SiteTree tree;
  private final int[] requested;
  private final int[] allocated;
  private final boolean[] full;
  private final Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
  private boolean cut;

  Report(Plan plan) {
    this.plan = plan;
    this.tree = plan.tree();
    this.requested = new int[tree.size()];
    this.allocated = new int[tree.size()];
    this.full = new boolean[tree.size()];
    sum();
  }

  private void sum() {
    for (SiteTree.Connector connector : tree.connectors()) {
      int i = connector.index();
      requested[connector.node()] = plan.requested()[i];
      allocated[connector.node()] = plan.targets()[i];
      if (plan.targets()[i] < plan.requested()[i]) {
        cut = true;
        reasons.add(reason(connector));
      }
    }
    for (int node = tree.size() - 1; node > 0; node--) {
      int parent = tree.parent(node);
      requested[parent] += requested[node];
      allocated[parent] += allocated[node];
    }
    boolean fallback =
        !plan.demand().derivedInputs().isEmpty() || !plan.demand().missingInputs().isEmpty();
    if (fallback || (cut && excludedSomeone())) {
      reasons.add(ReasonCode.TELEMETRY_STALE_FALLBACK_USED);
    }
  }

  private boolean excludedSomeone() {
    for (boolean included : plan.included()) {
      if (!included) {
        return true;
      }
    }
    return false;
  }

  private ReasonCode reason(SiteTree.Connector connector) {
    int node = boundBy(connector);
    if (node < 0) {
      return plan.included()[connector.index()]
          ? ReasonCode.NODE_CAP_EXCEEDED
          : ReasonCode.TELEMETRY_STALE_FALLBACK_USED;
    }
    full[node] = true;
    return Breaches.reason(tree, node);
  }

  /** The node that stopped a connector; −1 inside this class when none did. */
  private int boundBy(SiteTree.Connector connector) {
    int i = connector.index();
    boolean bound =
        plan.included()[i]
            && plan.requested()[i] > plan.targets()[i]
            && hasNode(plan.allocation().cause(i), i);
    return bound ? plan.allocation().boundBy(i) : -1;
  }

  private boolean hasNode(Cause cause, int i) {
    return cause == Cause.LIMITED
        || cause == Cause.PAUSED
        || (cause == Cause.NEVER && tree.connectors().get(i).minWatts() <= plan.requested()[i]);
  }

  Outcome outcome() {
    return cut ? Outcome.CURTAILED : Outcome.APPLIED;
  }

  List<ReasonCode> reasons() {
    return List.copyOf(reasons);
  }

  AllocationSummary summary() {
    List<NodeAllocation> byNode = new ArrayList<>(tree.size());
    for (int node = 1; node < tree.size(); node++) {
      byNode.add(entry(node));
    }
    return new AllocationSummary(
        requested[SiteTree.ROOT],
        allocated[SiteTree.ROOT],
        (int) Math.round(plan.demand().uncontrolled(SiteTree.ROOT)),
        byNode);
  }

  private NodeAllocation entry(int node) {
    double limit = tree.limit(node);
    int binding = tree.connectorAt(node).map(this::boundBy).orElse(full[node] ? node : -1);
    Optional<String> ref = bindingRef(node, binding);
    return new NodeAllocation(
        tree.node(node).nodeId(),
        requested[node],
        allocated[node],
        (int) Math.round(plan.demand().uncontrolled(node)),
        plan.demand().effective(node),
        Double.isInfinite(limit) ? OptionalInt.empty() : OptionalInt.of((int) limit),
        ref,
        bindingId(binding),
        plan.demand().mode(node));
  }

  private Optional<UUID> bindingId(int binding) {
    return binding <= 0 ? Optional.empty() : Optional.of(tree.node(binding).nodeId());
  }

  private Optional<String> bindingRef(int node, int binding) {
    if (binding >= 0) {
      return Optional.of(
          tree.limitRef(binding).orElseGet(() -> "rating:" + tree.node(binding).nodeId()));
    }
    if (tree.connectorAt(node).isEmpty()) {
      return Optional.empty();
    }
    boolean met = allocated[node] >= requested[node];
    return Optional.of(
        met ? AllocationSummary.DEMAND_MET : "fail-safe:" + tree.node(node).nodeId());
  }
}
