package io.busbar.topology;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.DocumentCheck;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Keeps sites and derives their trees. */
public final class TopologyPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        TopologyAddresses.IMPORT_SITE,
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.GET_SITE,
        TopologyAddresses.RESYNC,
        TopologyAddresses.SNAPSHOT,
        TopologyAddresses.EDIT,
        TopologyAddresses.SNAPSHOT_AT,
        TopologyAddresses.DIFF,
        TopologyAddresses.SET_NODE_LIMIT,
        TopologyAddresses.SAVE_CONTROL_POINT,
        TopologyAddresses.CONTROL_POINTS,
        TopologyAddresses.COLLECTION,
        TopologyAddresses.UPDATED,
        TopologyAddresses.NODE_LIMIT_UPDATED,
        TopologyAddresses.CONTROL_POINT_UPDATED);
  }

  @Override
  public Set<Address> requires() {
    return Set.of();
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new TopologyVerticle(context));
  }

  @Override
  public List<DocumentCheck> documentChecks() {
    return List.of(new SiteCheck());
  }
}
