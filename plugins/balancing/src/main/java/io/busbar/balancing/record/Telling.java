package io.busbar.balancing.record;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import java.util.UUID;

/** Tells what was kept. */
final class Telling {

  private Telling() {}

  /** Everything of one cycle, in the order in which it happened. */
  static void tell(Bus bus, Kept cycle) {
    UUID site = cycle.completed().microgridId();
    cycle
        .requested()
        .ifPresent(event -> bus.tell(BalancingAddresses.REBALANCE_REQUESTED.at(site), event));
    cycle
        .resolved()
        .ifPresent(event -> bus.tell(BalancingAddresses.DEMAND_RESOLVED.at(site), event));
    cycle.breaches().forEach(event -> bus.tell(BalancingAddresses.BREACH.at(site), event));
    tell(bus, cycle.completed());
  }

  static void tell(Bus bus, CycleCompleted event) {
    bus.tell(BalancingAddresses.CYCLE_COMPLETED.at(event.microgridId()), event);
  }
}
