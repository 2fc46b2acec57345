package io.busbar.compat;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Lets older consumers go on that know circuits only. Nothing depends on it. */
public final class CompatPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        AuditAddresses.PAGE,
        CompatibilityAddresses.REBALANCE_CIRCUIT,
        CompatibilityAddresses.CIRCUIT,
        CompatibilityAddresses.GET_TOU_LIMITS,
        CompatibilityAddresses.SET_TOU_LIMITS,
        CompatibilityAddresses.ALIAS_APPLIED,
        CompatibilityAddresses.TRANSLATION_FAILED);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        BalancingAddresses.REBALANCE,
        EnvelopeAddresses.CIRCUIT_CAPACITY,
        EnvelopeAddresses.EFFECTIVE,
        EnvelopeAddresses.SUBMIT,
        EnvelopeAddresses.WITHDRAW,
        TopologyAddresses.LIST_SITES,
        TopologyAddresses.SNAPSHOT);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new CompatVerticle(context, CompatConfig.from(context.config())));
  }
}
