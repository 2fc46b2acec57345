package io.busbar.balancing.record;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceRequested;
import io.busbar.api.balancing.SourceMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Events of one cycle; their ids follow from the cycle's, so that a repetition has the same. */
public record Events(CycleResult cycle) {

  private UUID id(String what) {
    return UUID.nameUUIDFromBytes((what + " " + cycle.cycleId()).getBytes(StandardCharsets.UTF_8));
  }

  public CycleCompleted completed() {
    return new CycleCompleted(
        id("completed"),
        cycle.endedAt(),
        cycle.audit().actor(),
        cycle.audit().correlationId(),
        cycle.microgridId(),
        cycle);
  }

  public RebalanceRequested requested(Rebalance request) {
    return new RebalanceRequested(
        id("requested"),
        cycle.startedAt(),
        request.actor(),
        request.correlationId(),
        cycle.microgridId(),
        request.nodeId(),
        request.source());
  }

  public BreachChanged changed(Breach breach) {
    return new BreachChanged(
        id("breach " + breach.breachId()),
        cycle.startedAt(),
        cycle.audit().actor(),
        cycle.audit().correlationId(),
        cycle.microgridId(),
        breach);
  }

  public DemandResolved resolved(SourceMode mode, List<String> inputs) {
    return new DemandResolved(
        id("demand"),
        cycle.startedAt(),
        cycle.audit().actor(),
        cycle.audit().correlationId(),
        cycle.microgridId(),
        mode,
        inputs);
  }
}
