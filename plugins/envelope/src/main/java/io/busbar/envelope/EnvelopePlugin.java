package io.busbar.envelope;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Takes limits from outside that hold for a time, and says which of them holds now. */
public final class EnvelopePlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        EnvelopeAddresses.SUBMIT,
        EnvelopeAddresses.WITHDRAW,
        EnvelopeAddresses.REPORT_SOURCE,
        EnvelopeAddresses.SOURCES,
        EnvelopeAddresses.EFFECTIVE,
        EnvelopeAddresses.LIST,
        EnvelopeAddresses.TARGETS,
        EnvelopeAddresses.CIRCUIT_CAPACITY,
        EnvelopeAddresses.CIRCUIT_CAPACITIES,
        EnvelopeAddresses.PROOFS,
        EnvelopeAddresses.RECEIVED,
        EnvelopeAddresses.EVALUATED,
        EnvelopeAddresses.SOURCE_CHANGED,
        EnvelopeAddresses.CAPACITY_CHANGED,
        EnvelopeAddresses.CAPACITY_RECONCILED);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        TopologyAddresses.CONTROL_POINTS,
        TopologyAddresses.CONTROL_POINT_UPDATED,
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.NODE_LIMIT_UPDATED,
        TopologyAddresses.SNAPSHOT,
        TopologyAddresses.UPDATED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new EnvelopeVerticle(context, EnvelopeConfig.from(context.config())));
  }
}
