package io.busbar.balancing;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Command;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.balancing.allocate.AllocateCommand;
import io.busbar.balancing.record.HistoryVerticle;
import io.busbar.balancing.record.MemoryHistory;
import io.busbar.balancing.state.MemoryState;
import io.busbar.balancing.state.StateVerticle;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Decides who may draw how much: the one authority on set-points. */
public final class BalancingPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        BalancingAddresses.REBALANCE,
        BalancingAddresses.CYCLES,
        BalancingAddresses.CYCLE,
        BalancingAddresses.EXPLAIN,
        BalancingAddresses.WHAT_IF,
        BalancingAddresses.REPLAY,
        BalancingAddresses.BREACHES,
        BalancingAddresses.STATUS,
        BalancingAddresses.SAVE_SESSION,
        BalancingAddresses.END_SESSION,
        BalancingAddresses.SESSION,
        BalancingAddresses.SESSIONS,
        BalancingAddresses.SETTINGS,
        BalancingAddresses.SET_SETTINGS,
        BalancingAddresses.SESSION_CHANGED,
        BalancingAddresses.SETTINGS_CHANGED,
        BalancingAddresses.REBALANCE_REQUESTED,
        BalancingAddresses.DEMAND_RESOLVED,
        BalancingAddresses.BREACH,
        BalancingAddresses.CYCLE_COMPLETED);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.SNAPSHOT,
        TopologyAddresses.UPDATED,
        TopologyAddresses.NODE_LIMIT_UPDATED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    BalancingConfig config = BalancingConfig.from(context.config());
    return context
        .database()
        .map(access -> stored(context, config, access))
        .orElseGet(
            () ->
                List.of(
                    new BalancingVerticle(
                        context,
                        config,
                        new MemoryHistory(context.bus(), config.history().memoryCycles()),
                        new MemoryState(context.bus()))));
  }

  private static List<Verticle> stored(
      PluginContext context, BalancingConfig config, DatabaseAccess access) {
    HistoryVerticle history = new HistoryVerticle(context, access, config.history());
    StateVerticle state = new StateVerticle(context, history::store, config.sessions());
    return List.of(history, state, new BalancingVerticle(context, config, history, state));
  }

  @Override
  public List<Command> commands() {
    return List.of(new AllocateCommand(), new ReplayCommand(), new ExplainCommand());
  }
}
