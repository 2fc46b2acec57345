package io.busbar.simulator;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Command;
import io.busbar.api.DocumentCheck;
import io.busbar.api.PluginContext;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.simulator.SimulatorAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.simulator.scenario.ScenarioCheck;
import io.busbar.simulator.scenario.ScenarioCommand;
import io.vertx.core.Verticle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stands in for chargers, meters and vehicles: the same addresses, nobody can tell. */
public final class SimulatorPlugin implements BusbarPlugin {

  @Override
  public Set<Address> provides() {
    return Set.of(
        FieldAddresses.READINGS,
        FieldAddresses.SESSION,
        FieldAddresses.SET_POINT,
        SimulatorAddresses.PLAY,
        SimulatorAddresses.RECORD,
        SimulatorAddresses.DEGRADE,
        SimulatorAddresses.LOADS);
  }

  @Override
  public Set<Address> requires() {
    return Set.of(
        TopologyAddresses.LIST_SITES, TopologyAddresses.SNAPSHOT, TopologyAddresses.UPDATED);
  }

  @Override
  public List<Verticle> verticles(PluginContext context) {
    List<Verticle> verticles = new ArrayList<>(List.of(new SimulatorVerticle(context)));
    GridOperatorConfig.from(context.config())
        .filter(played -> context.database().isPresent())
        .ifPresent(played -> verticles.add(new GridOperatorVerticle(context, played)));
    return verticles;
  }

  @Override
  public List<Command> commands() {
    return List.of(new ScenarioCommand());
  }

  @Override
  public List<DocumentCheck> documentChecks() {
    return List.of(new ScenarioCheck());
  }
}
