package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Rebalance;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for cycles, at most one of a site at a time: whatever changes while one is under way is
 * served by the next.
 */
final class Rebalances {

  private static final Logger LOG = LoggerFactory.getLogger(Rebalances.class);

  private final Bus bus;
  private final Set<UUID> underWay = new HashSet<>();
  private final Set<UUID> again = new HashSet<>();

  Rebalances(Bus bus) {
    this.bus = bus;
  }

  /** Something changed that a cycle has to take into account. */
  void ask(UUID microgridId) {
    if (!underWay.add(microgridId)) {
      again.add(microgridId);
      return;
    }
    Rebalance request =
        new Rebalance(
            Optional.empty(), Events.ITSELF, Events.ITSELF, "envelope-" + UUID.randomUUID());
    bus.ask(BalancingAddresses.REBALANCE.at(microgridId), request)
        .onComplete(
            reply -> done(microgridId),
            fault -> {
              LOG.debug("no cycle of {} was run: {}", microgridId, fault.getMessage());
              done(microgridId);
            });
  }

  private void done(UUID microgridId) {
    underWay.remove(microgridId);
    if (again.remove(microgridId)) {
      ask(microgridId);
    }
  }
}
