package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.GetTargets;
import io.busbar.api.envelope.Targets;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Asks which nodes envelopes bound: those are not removed. Without that plugin none are. */
final class Enveloped {

  private final Bus bus;

  Enveloped(Bus bus) {
    this.bus = bus;
  }

  /** Nodes of some microgrids that envelopes bound, now or later. */
  Future<Set<UUID>> of(Collection<UUID> microgridIds) {
    List<Future<Targets>> asked = microgridIds.stream().map(this::of).toList();
    return Future.all(asked)
        .map(
            done -> {
              Set<UUID> nodes = new HashSet<>();
              done.<Targets>list().forEach(targets -> nodes.addAll(targets.nodeIds()));
              return nodes;
            });
  }

  private Future<Targets> of(UUID microgridId) {
    return bus.ask(EnvelopeAddresses.TARGETS.at(microgridId), new GetTargets())
        .recover(
            fault ->
                fault instanceof BusException absent
                        && absent.kind() == BusException.Kind.NO_ANSWERER
                    ? Future.succeededFuture(new Targets(Set.of()))
                    : Future.failedFuture(fault));
  }
}
