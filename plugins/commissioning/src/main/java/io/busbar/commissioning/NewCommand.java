package io.busbar.commissioning;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code new driver NAME}: makes a project that builds to a driver. */
final class NewCommand implements Command {

  @Override
  public String name() {
    return "new";
  }

  @Override
  public String summary() {
    return "Makes a project for a driver of Modbus chargers.";
  }

  @Override
  public String usage() {
    return """
    busbar new driver NAME
    Makes the folder charger-NAME where you are: a Maven project with a register
    map, a test, and a README that says what comes next. It builds against what
    'mvn install' put into your local repository; its jar works when it is put
    into plugins/. NAME is lower case, digits and dashes.\
    """;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    if (arguments.size() != 2 || !arguments.getFirst().equals("driver")) {
      return refuse(context, "expected driver NAME");
    }
    String name = arguments.get(1);
    if (!DriverProject.isName(name)) {
      return refuse(
          context,
          "'%s' is no name for a driver; expected lower case, digits and dashes, as in acme-wallbox"
              .formatted(name));
    }
    Path folder = context.workingFolder().resolve("charger-" + name);
    if (Files.exists(folder)) {
      return refuse(context, folder + " is there already");
    }
    List<Path> files = new DriverProject(name).write(folder);
    context.out().println("Made " + folder + ":");
    files.forEach(file -> context.out().println("  " + folder.relativize(file)));
    context.out().println("Next: cd charger-" + name + " && mvn package; README.md says the rest.");
    return 0;
  }

  private static int refuse(CommandContext context, String message) {
    context.err().println("busbar new: " + message);
    context.err().println("Try: ./busbar new --help");
    return USAGE;
  }
}
