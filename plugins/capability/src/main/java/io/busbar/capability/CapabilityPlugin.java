package io.busbar.capability;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Command;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Takes statuses that controllers report, keeps their history, shows the latest. */
public final class CapabilityPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        CapabilityAddresses.RECORD,
        CapabilityAddresses.HISTORY,
        CapabilityAddresses.PROJECTION,
        CapabilityAddresses.RECORDED);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        TopologyAddresses.CONTROL_POINTS,
        TopologyAddresses.CONTROL_POINT_UPDATED,
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.UPDATED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new CapabilityVerticle(context, CapabilityConfig.from(context.config())));
  }

  @Override
  public List<Command> commands() {
    return List.of(new RebuildCommand());
  }
}
