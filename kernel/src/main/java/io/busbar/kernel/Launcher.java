package io.busbar.kernel;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.Command;
import io.busbar.documents.DocumentException;
import io.busbar.kernel.config.InvalidSettings;
import io.busbar.kernel.plugins.PluginCatalogue;
import io.busbar.kernel.plugins.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the verb, parses its options, runs it and says plainly what went wrong. */
final class Launcher {

  static final Set<String> SERVING = Set.of("demo", "run");

  private final Installation installation;
  private final PrintStream out;
  private final PrintStream err;

  Launcher(Installation installation, PrintStream out, PrintStream err) {
    this.installation = installation;
    this.out = out;
    this.err = err;
  }

  int run(String... words) {
    try (PluginCatalogue catalogue = catalogueFor(words)) {
      CommandLine line = commandLine(catalogue);
      line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
      line.setParameterExceptionHandler((failure, arguments) -> usageFault(failure));
      line.setExecutionExceptionHandler((failure, command, result) -> fault(failure));
      if (words.length == 0) {
        line.usage(out);
        return Command.USAGE;
      }
      return line.execute(words);
    } catch (Refusal e) {
      return fault(e);
    }
  }

  /** Serving loads the plugins itself, and starts the sooner when they are not loaded twice. */
  private PluginCatalogue catalogueFor(String... words) {
    return words.length > 0 && SERVING.contains(words[0])
        ? PluginCatalogue.empty()
        : PluginCatalogue.of(installation.bundled());
  }

  private CommandLine commandLine(PluginCatalogue catalogue) {
    CommandSpec root = CommandSpec.create().name("busbar");
    root.usageMessage().description("Balances the power of EV depots.");
    root.usageMessage().footer("'./busbar test' runs what a change must pass (mvn verify).");
    root.mixinStandardHelpOptions(true).version("Busbar " + Version.current());
    CommandLine line = new CommandLine(root);
    line.addSubcommand("demo", new ServeVerb(installation, out, "demo"));
    describe(
        line, "demo", "Serves two simulated sites until it is stopped: a garage, a bus depot.");
    line.addSubcommand("run", new ServeVerb(installation, out));
    describe(line, "run", "Serves until it is stopped, without the simulator: for real chargers.");
    line.addSubcommand("config", new ConfigVerb(installation, catalogue, out));
    line.addSubcommand("plugins", new PluginsVerb(installation, catalogue, out));
    for (BusbarPlugin plugin : catalogue.entries().values()) {
      for (Command command : plugin.commands()) {
        PluginVerb verb = new PluginVerb(command, installation, out, err);
        CommandLine sub = new CommandLine(verb).setUnmatchedArgumentsAllowed(true);
        sub.getCommandSpec().usageMessage().description(command.summary());
        sub.setHelpFactory((spec, scheme) -> verb.help(spec, scheme));
        line.addSubcommand(command.name(), sub);
      }
    }
    return line;
  }

  private static void describe(CommandLine line, String verb, String description) {
    line.getSubcommands().get(verb).getCommandSpec().usageMessage().description(description);
  }

  private int usageFault(CommandLine.ParameterException failure) {
    CommandLine line = failure.getCommandLine();
    boolean verb =
        line.getParent() == null
            && failure instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().getFirst().startsWith("-");
    err.println(
        verb
            ? "busbar: %s; expected one of %s".formatted(failure.getMessage(), verbs(line))
            : "busbar: " + failure.getMessage());
    err.println("Try: ./" + line.getCommandSpec().qualifiedName() + " --help");
    return Command.USAGE;
  }

  private static Set<String> verbs(CommandLine line) {
    return line.getSubcommands().keySet();
  }

  private int fault(Throwable failure) {
    boolean explained =
        failure instanceof Refusal
            || failure instanceof InvalidSettings
            || failure instanceof DocumentException
            || failure instanceof IOException
            || failure instanceof UncheckedIOException;
    if (explained) {
      String message = failure instanceof IOException ? "" + failure : failure.getMessage();
      err.println("busbar: " + message.replace("\n", "\n        "));
      return Command.USAGE;
    }
    err.println("busbar: this is a fault of the program: " + failure);
    failure.printStackTrace(err);
    return 1;
  }
}
