package io.busbar.balancing;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.SourceMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Events of one cycle; their ids follow from the cycle's, so that a repetition has the same. */
record Events(UUID microgridId, CycleResult cycle) {

  UUID id(String what) {
    return UUID.nameUUIDFromBytes((what + " " + cycle.cycleId()).getBytes(StandardCharsets.UTF_8));
  }

  BreachChanged breach(Breach breach) {
    return new BreachChanged(
        id("breach " + breach.breachId()),
        cycle.startedAt(),
        cycle.audit().actor(),
        cycle.audit().correlationId(),
        microgridId,
        breach);
  }

  DemandResolved demand(SourceMode mode, List<String> inputs) {
    return new DemandResolved(
        id("demand"),
        cycle.startedAt(),
        cycle.audit().actor(),
        cycle.audit().correlationId(),
        microgridId,
        mode,
        inputs);
  }
}
