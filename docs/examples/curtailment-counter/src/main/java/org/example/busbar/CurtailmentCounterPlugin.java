package org.example.busbar;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Counts, per site, how often balancing had to curtail. */
public final class CurtailmentCounterPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of();
  }

  @Override
  public Set<Address> requires() {
    return Set.of(BalancingAddresses.CYCLE_COMPLETED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new CurtailmentCounterVerticle(context));
  }
}
