package io.busbar.oscp;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Speaks OSCP 2.0 with grid operators, as a flexibility provider. */
public final class OscpPlugin implements BusbarPlugin {

  private final Ways ways;

  public OscpPlugin() {
    this(Ways.http());
  }

  OscpPlugin(Ways ways) {
    this.ways = ways;
  }

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        OscpAddresses.CONNECTIONS,
        OscpAddresses.CONNECTION,
        OscpAddresses.ADJUST,
        OscpAddresses.REPORT_NON_COMPLIANCE,
        OscpAddresses.SET_SECRET,
        OscpAddresses.STEER,
        OscpAddresses.EVENT);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        EnvelopeAddresses.SUBMIT,
        EnvelopeAddresses.WITHDRAW,
        EnvelopeAddresses.REPORT_SOURCE,
        EnvelopeAddresses.LIST,
        TopologyAddresses.CONTROL_POINTS,
        TopologyAddresses.SAVE_CONTROL_POINT,
        TopologyAddresses.SNAPSHOT,
        TopologyAddresses.UPDATED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new OscpVerticle(context, OscpConfig.from(context.config()), ways));
  }
}
