package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.GetTargets;
import io.busbar.api.envelope.Targets;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;

/** Asks which nodes envelopes bound: those are not removed. Without that plugin none are. */
final class Enveloped {

  private final Bus bus;

  Enveloped(Bus bus) {
    this.bus = bus;
  }

  /** Nodes of a microgrid that envelopes bound, now or later. */
  Future<Set<UUID>> of(UUID microgridId) {
    return bus.ask(EnvelopeAddresses.TARGETS.at(microgridId), new GetTargets())
        .map(Targets::nodeIds)
        .recover(
            fault ->
                BusException.isAbsence(fault)
                    ? Future.succeededFuture(Set.of())
                    : Future.failedFuture(fault));
  }
}
