package org.example.busbar;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Turns a CSV feed of limits and prices into operating envelopes. */
public final class CsvLimitsPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of();
  }

  @Override
  public Set<Address> requires() {
    return Set.of(EnvelopeAddresses.SUBMIT, EnvelopeAddresses.REPORT_SOURCE);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of(new CsvLimitsVerticle(context));
  }
}
