package io.busbar.kernel;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.api.VirtualRun;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A verb that a plugin brought. */
@CommandLine.Command
final class PluginVerb implements Callable<Integer>, CommandContext {

  private final Command command;
  private final Installation installation;
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Options options = new Options();
  @Unmatched private List<String> words = new ArrayList<>();
  @Spec private CommandSpec spec;

  PluginVerb(Command command, Installation installation, PrintStream out, PrintStream err) {
    this.command = command;
    this.installation = installation;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    return command.run(List.copyOf(words), this);
  }

  Help help(CommandSpec shown, Help.ColorScheme scheme) {
    shown.usageMessage().customSynopsis(command.usage().split("\n"));
    return new Help(shown, scheme);
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public Path workingFolder() {
    return installation.workingFolder();
  }

  @Override
  public double speed() {
    return options.speed(spec.commandLine());
  }

  @Override
  public VirtualRun startVirtual(Instant start, JsonObject values) {
    return new VirtualKernel(
        installation, options.settings(installation, spec.commandLine()), start, values);
  }

  @Override
  public OpenDatabase openDatabase(String pluginId) {
    KernelSettings own = KernelSettings.of(options.settings(installation, spec.commandLine()));
    return OfflineDatabase.open(own, options.data(installation), pluginId);
  }
}
