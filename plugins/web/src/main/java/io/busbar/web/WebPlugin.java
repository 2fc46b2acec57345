package io.busbar.web;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** The door for people and programs: REST, live events, console. */
public final class WebPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of();
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        KernelAddresses.HEALTH,
        KernelAddresses.METRICS,
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.GET_SITE,
        TopologyAddresses.IMPORT_SITE,
        TopologyAddresses.RESYNC,
        TopologyAddresses.SNAPSHOT,
        TopologyAddresses.EDIT,
        TopologyAddresses.SNAPSHOT_AT,
        TopologyAddresses.DIFF,
        TopologyAddresses.SET_NODE_LIMIT,
        TopologyAddresses.SAVE_CONTROL_POINT,
        TopologyAddresses.CONTROL_POINTS,
        TopologyAddresses.COLLECTION,
        BalancingAddresses.REBALANCE,
        BalancingAddresses.STATUS,
        BalancingAddresses.CYCLES,
        BalancingAddresses.CYCLE,
        BalancingAddresses.EXPLAIN,
        BalancingAddresses.WHAT_IF,
        BalancingAddresses.SAVE_SESSION,
        BalancingAddresses.END_SESSION,
        BalancingAddresses.SESSION,
        BalancingAddresses.SESSIONS,
        BalancingAddresses.SETTINGS,
        BalancingAddresses.SET_SETTINGS);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new WebVerticle(context));
  }
}
