package io.busbar.balancing.decide;

import io.busbar.api.balancing.WhatIf;
import io.busbar.api.balancing.WhatIf.LimitChange;
import io.busbar.api.balancing.WhatIf.SessionChange;
import io.busbar.api.balancing.WhatIfReply;
import io.busbar.api.balancing.WhatIfReply.Refused;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides once more on the inputs of a cycle, with some of them changed. */
public final class Supposition {

  private final SiteTree tree;
  private final Policy policy;
  private final Snapshot snapshot;

  /**
   * @param snapshot what the cycle decided on
   */
  public Supposition(SiteTree tree, Policy policy, Snapshot snapshot) {
    this.tree = tree;
    this.policy = policy;
    this.snapshot = snapshot;
  }

  /** What would come of it, or why that makes no sense. */
  public WhatIfReply decide(WhatIf question) {
    return refusal(question).map(WhatIfReply.class::cast).orElseGet(() -> decided(question));
  }

  private Optional<Refused> refusal(WhatIf question) {
    for (LimitChange change : question.limits()) {
      if (change.nodeId().filter(id -> tree.number(id).isEmpty()).isPresent()) {
        return unknown(change.nodeId().get());
      }
      if (change.limitWatts() < 0) {
        String message = "limit " + change.limitWatts() + " W: expected at least 0";
        return Optional.of(new Refused("NEGATIVE_LIMIT", message));
      }
    }
    return question.sessions().stream().map(this::refusal).flatMap(Optional::stream).findFirst();
  }

  private Optional<Refused> refusal(SessionChange change) {
    if (tree.number(change.nodeId()).isEmpty()) {
      return unknown(change.nodeId());
    }
    int number = tree.number(change.nodeId()).getAsInt();
    if (tree.connectorAt(number) < 0) {
      String what = tree.node(number).nodeType() + " '" + tree.node(number).name() + "'";
      return Optional.of(new Refused("NOT_A_CONNECTOR", what + " takes no vehicle"));
    }
    double weight = change.weight().orElse(1.0);
    boolean usable =
        weight >= AllocationProblem.MIN_WEIGHT && weight <= AllocationProblem.MAX_WEIGHT;
    return usable
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "BAD_WEIGHT",
                "weight %s: expected %s to %s"
                    .formatted(
                        weight, AllocationProblem.MIN_WEIGHT, AllocationProblem.MAX_WEIGHT)));
  }

  private static Optional<Refused> unknown(Object nodeId) {
    return Optional.of(
        new Refused("NODE_UNKNOWN", "node " + nodeId + " is not part of this microgrid"));
  }

  private WhatIfReply decided(WhatIf question) {
    SiteTree supposed = question.limits().isEmpty() ? tree : tree.limited(question.limits());
    Policy its = question.strategy().map(policy::with).orElse(policy);
    Decision decision = new Decider(supposed, its).decide(changed(question.sessions()));
    Report report = new Report(supposed);
    Report.Ending ending = report.ending(decision);
    return new WhatIfReply.Decided(
        tree.microgridId(),
        tree.version(),
        snapshot.at(),
        ending.outcome(),
        ending.reasons(),
        report.summary(decision));
  }

  private Snapshot changed(List<SessionChange> changes) {
    List<ConnectorInput> inputs = new ArrayList<>(snapshot.connectors());
    for (SessionChange change : changes) {
      int i = tree.connectorAt(tree.number(change.nodeId()).orElseThrow());
      inputs.set(i, changed(tree.connectors().get(i), inputs.get(i), change));
    }
    return new Snapshot(
        snapshot.at(),
        inputs,
        snapshot.meters(),
        snapshot.sources(),
        snapshot.ramps(),
        snapshot.outside());
  }

  private ConnectorInput changed(
      ConnectorRating connector, ConnectorInput input, SessionChange change) {
    int most = Math.min(connector.maxWatts(), change.vehicleMaxWatts().orElse(Integer.MAX_VALUE));
    int want = change.unplugged() ? 0 : Math.max(most, connector.minWatts());
    Instant since = input.need().since().equals(Instant.MAX) ? snapshot.at() : input.need().since();
    return new ConnectorInput(
        input.awaited(),
        input.answering(),
        input.drawWatts(),
        input.bookedWatts(),
        want,
        input.heldWatts(),
        change.weight().orElse(1.0),
        change.priority(),
        input.standing().wanting(want > 0, snapshot.at()),
        new Need(since, change.departure(), change.energyNeededWattHours()),
        input.drawnSince());
  }
}
