package io.busbar.balancing.decide;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.decide.Share.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Puts decisions into the words of the contract. Keeps the lines of the decision before, of which
 * most stay as they are.
 */
public final class Report {

  private final SiteTree tree;
  private final NodeAllocation[] lines;
  private final int[] requested;
  private final int[] allocated;

  /** By node: what stopped somebody there; null where nobody was. */
  private final String[] stops;

  public Report(SiteTree tree) {
    this.tree = tree;
    this.lines = new NodeAllocation[tree.size()];
    this.requested = new int[tree.size()];
    this.allocated = new int[tree.size()];
    this.stops = new String[tree.size()];
  }

  /** How a cycle ended and why. */
  public record Ending(Outcome outcome, List<ReasonCode> reasons) {

    /** The same for a cycle that was asked for by somebody who may have spoken of a circuit. */
    public Ending askedBy(String source) {
      return source.equals(Rebalance.CIRCUIT_ALIAS)
          ? new Ending(
              outcome,
              Stream.concat(
                      reasons.stream(), Stream.of(ReasonCode.LEGACY_ALIAS_TRANSLATION_APPLIED))
                  .toList())
          : this;
    }
  }

  /** Outcome and reasons of a decision. */
  public Ending ending(Decision decision) {
    Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    boolean cut = false;
    for (ConnectorRating connector : tree.connectors()) {
      Share share = decision.share(connector.number());
      if (share.isCut()) {
        cut = true;
        reasons.add(reason(share));
      }
    }
    if (decision.sourceMode() == SourceMode.FALLBACK_DERIVED) {
      reasons.add(ReasonCode.TELEMETRY_STALE_FALLBACK_USED);
    }
    Outcome outcome =
        !decision.isAnyBalanced() ? Outcome.REJECTED : cut ? Outcome.CURTAILED : Outcome.APPLIED;
    return new Ending(outcome, List.copyOf(reasons));
  }

  private ReasonCode reason(Share share) {
    return switch (share.reason()) {
      case LIMIT, RAMP -> reason(tree, share.node());
      case RATING, REST, MET -> ReasonCode.NODE_CAP_EXCEEDED;
      case METER, SILENCE -> ReasonCode.TELEMETRY_STALE_FALLBACK_USED;
    };
  }

  /** Which kind of limit a node carries, as a reason. */
  static ReasonCode reason(SiteTree tree, int node) {
    if (node == SiteTree.ROOT) {
      return ReasonCode.AGGREGATE_CAP_EXCEEDED;
    }
    return switch (tree.node(node).nodeType()) {
      case CONNECTOR, CHARGE_POINT, POWER_SOURCE -> ReasonCode.NODE_CAP_EXCEEDED;
      case GRID_CONNECTION, CIRCUIT, VIRTUAL -> ReasonCode.ANCESTOR_CAP_EXCEEDED;
    };
  }

  /** Who wanted and got what. */
  public AllocationSummary summary(Decision decision) {
    sum(decision);
    NodeAllocation[] byNode = new NodeAllocation[tree.size() - 1];
    for (int node = 1; node < tree.size(); node++) {
      byNode[node - 1] = line(node, decision);
    }
    return new AllocationSummary(
        requested[SiteTree.ROOT],
        allocated[SiteTree.ROOT],
        watts(decision.demand().uncontrolled()[SiteTree.ROOT]),
        List.of(byNode));
  }

  private void sum(Decision decision) {
    Arrays.fill(requested, 0);
    Arrays.fill(allocated, 0);
    Arrays.fill(stops, null);
    for (ConnectorRating connector : tree.connectors()) {
      Share share = decision.share(connector.number());
      requested[connector.node()] = share.wantedWatts();
      allocated[connector.node()] = share.watts();
      if (share.isCut() && (share.reason() == Reason.LIMIT || share.reason() == Reason.RAMP)) {
        stops[share.node()] = limitRef(share, decision.demand());
      }
    }
    for (int node = tree.size() - 1; node > SiteTree.ROOT; node--) {
      requested[tree.parent(node)] += requested[node];
      allocated[tree.parent(node)] += allocated[node];
    }
  }

  private NodeAllocation line(int node, Decision decision) {
    Demand demand = decision.demand();
    int uncontrolled = watts(demand.uncontrolled()[node]);
    OptionalInt measured = demand.effective()[node];
    SourceMode mode = demand.mode()[node];
    OptionalInt limit = limit(node, demand);
    int connector = tree.connectorAt(node);
    Binding binding =
        connector < 0 ? ofInner(node) : ofConnector(decision.share(connector), node, demand);
    NodeAllocation known = lines[node];
    if (known == null
        || known.requestedWatts() != requested[node]
        || known.allocatedWatts() != allocated[node]
        || known.uncontrolledWatts() != uncontrolled
        || known.sourceMode() != mode
        || !known.measuredWatts().equals(measured)
        || !known.limitWatts().equals(limit)
        || !binding.isOf(known)) {
      lines[node] =
          new NodeAllocation(
              tree.node(node).nodeId(),
              requested[node],
              allocated[node],
              uncontrolled,
              measured,
              limit,
              binding.ref(),
              binding.nodeId(),
              mode);
    }
    return lines[node];
  }

  private OptionalInt limit(int node, Demand demand) {
    long limit = tree.limits().watts(node, demand.creditAt(node));
    return limit == Limits.UNBOUNDED ? OptionalInt.empty() : OptionalInt.of(watts(limit));
  }

  /** What stopped a node, in the words of the contract. */
  private record Binding(Optional<String> ref, Optional<UUID> nodeId) {
    static final Binding NONE = new Binding(Optional.empty(), Optional.empty());
    static final Binding MET =
        new Binding(Optional.of(AllocationSummary.DEMAND_MET), Optional.empty());

    boolean isOf(NodeAllocation line) {
      return nodeId.equals(line.bindingNodeId()) && ref.equals(line.bindingConstraintRef());
    }
  }

  private Binding ofInner(int node) {
    return stops[node] == null
        ? Binding.NONE
        : new Binding(Optional.of(stops[node]), tree.nodeId(node));
  }

  private Binding ofConnector(Share share, int node, Demand demand) {
    if (!share.isCut()) {
      return Binding.MET;
    }
    String ref =
        switch (share.reason()) {
          case LIMIT, RAMP -> limitRef(share, demand);
          case RATING, MET -> "rating:" + tree.node(node).nodeId();
          case METER -> "meter:" + tree.meters().get(tree.meterAt(share.node())).ref();
          case REST -> "min-off:" + tree.node(node).nodeId();
          case SILENCE -> "device:" + tree.node(node).nodeId();
        };
    return new Binding(Optional.of(ref), tree.nodeId(share.node()));
  }

  private String limitRef(Share share, Demand demand) {
    int node = share.node();
    if (share.reason() == Reason.RAMP) {
      return "ramp:" + tree.nodeId(node).orElse(tree.microgridId());
    }
    return share.conductor() == Share.POWER
        ? tree.limits().ref(tree.limits().tighter(node, demand.creditAt(node)), node)
        : tree.conductors().ref(node, share.conductor());
  }

  private static int watts(long watts) {
    return (int) Math.min(Integer.MAX_VALUE, watts);
  }
}
