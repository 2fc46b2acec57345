package org.example.busbar;

import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.vertx.core.AbstractVerticle;

/** Hears every cycle and counts the curtailed ones. */
final class CurtailmentCounterVerticle extends AbstractVerticle {

  private final PluginContext busbar;

  CurtailmentCounterVerticle(PluginContext busbar) {
    this.busbar = busbar;
  }

  @Override
  public void start() {
    busbar.bus().hear(BalancingAddresses.CYCLE_COMPLETED, this::count);
  }

  private void count(CycleCompleted event) {
    if (event.cycle().outcome() == Outcome.CURTAILED) {
      busbar
          .metrics()
          .counter(
              "curtailed_cycles",
              "Cycles in which at least one request was cut",
              "microgrid",
              event.microgridId().toString())
          .add(1);
    }
  }
}
