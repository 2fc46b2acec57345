package io.busbar.commissioning;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.modbus.charger.Probe;
import io.busbar.modbus.lane.Lane;
import io.busbar.modbus.lane.LaneRules;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.plugin.DriverJar;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.SocketLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code probe modbus HOST:PORT --driver NAME}: reads a charger and says what cannot be true. */
final class ProbeCommand implements Command {

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public String summary() {
    return "Reads a Modbus charger once and marks what cannot be true.";
  }

  @Override
  public String usage() {
    return """
    busbar probe modbus HOST[:PORT] --driver NAME|JAR [OPTION...]
      --unit N, --point N      where the charger does not have the usual ones
      --framing tcp|rtu_over_tcp
      --set-current AMPS       asks, writes a limit and reads it back
      --phases 1|3             for chargers that take watts: amperes times 230 V
                               times this; default 3
    Reads every register of the driver's map and prints a table with marks:
    'ok'; '-' for no value; 'MISSING' for what every such charger should have;
    'DOUBT' for what cannot be true. Exit code 1 if anything is missing or in
    doubt, or the charger does not answer. Some chargers take no second
    connection while Busbar has one.\
    """;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    ProbeOptions options;
    try {
      options = ProbeOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      return refuse(context, e.getMessage());
    }
    Path jar = jar(options.driver(), context);
    if (jar == null) {
      return refuse(
          context, "there is no driver %s in %s".formatted(options.driver(), DriverJar.folders()));
    }
    try (DriverJar driver = DriverJar.open(jar)) {
      return probe(driver, options, context);
    } catch (IllegalArgumentException e) {
      return refuse(context, e.getMessage());
    }
  }

  private static Path jar(String name, CommandContext context) {
    Path file = context.workingFolder().resolve(name);
    return name.endsWith(".jar") && Files.isRegularFile(file)
        ? file
        : DriverJar.find(name, DriverJar.folders()).orElse(null);
  }

  private static int probe(DriverJar driver, ProbeOptions options, CommandContext context)
      throws IOException {
    RegisterMap map = driver.plugin().map();
    LaneRules rules = map.limits().laneRules();
    try (Lane lane =
        new Lane(
            rules,
            () -> SocketLink.connect(options.peer(map), rules.connectTimeout()),
            Thread.ofVirtual().factory())) {
      Probe probe = new Probe(map, driver.plugin().newQuirk(), options.settings(map), lane);
      return new ProbeTable(context, map, probe).run(options);
    } catch (ModbusException e) {
      context.err().println("busbar probe: " + options.peer(map) + ": " + e.getMessage());
      return 1;
    }
  }

  private static int refuse(CommandContext context, String message) {
    context.err().println("busbar probe: " + message);
    context.err().println("Try: ./busbar probe --help");
    return USAGE;
  }
}
