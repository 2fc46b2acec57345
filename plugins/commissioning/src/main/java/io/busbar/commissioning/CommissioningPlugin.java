package io.busbar.commissioning;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Command;
import io.busbar.api.PluginContext;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/** Adds {@code new driver} and {@code probe modbus} to the launcher; runs nothing. */
public final class CommissioningPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of();
  }

  @Override
  public Set<Address> requires() {
    return Set.of();
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    return List.of();
  }

  @Override
  public List<Command> commands() {
    return List.of(new NewCommand(), new ProbeCommand());
  }
}
