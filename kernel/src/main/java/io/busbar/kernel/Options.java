package io.busbar.kernel;

import io.busbar.kernel.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that belong to every verb. */
final class Options {

  @Option(names = "--port", paramLabel = "N", description = "HTTP port (same as --set web.port=N)")
  private Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder for everything that is kept (default: data)")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file or folder of settings laid over config/; may be repeated")
  private List<Path> config = new ArrayList<>();

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "let time run N times as fast, or as fast as the machine allows")
  private String speed = "1";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, such as web.port=8081; may be repeated")
  private List<String> set = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  double speed(CommandLine commandLine) {
    if (speed.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double factor = Double.parseDouble(speed);
      if (factor > 0 && factor <= 1e6) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw new CommandLine.ParameterException(
        commandLine, "--speed " + speed + ": expected a number above 0, or max");
  }

  Path data(Installation installation) {
    return data == null
        ? installation.root().resolve("data")
        : installation.workingFolder().resolve(data).normalize();
  }

  /** Everything people set, in rising strength. */
  Settings settings(Installation installation, CommandLine commandLine, String... overlays) {
    Settings settings = new Settings(System.getenv(), installation.config());
    settings.add(installation.config());
    for (String overlay : overlays) {
      settings.add(installation.config().resolve(overlay));
    }
    for (Path file : config) {
      Path resolved = installation.workingFolder().resolve(file);
      if (!Files.isReadable(resolved)) {
        throw new CommandLine.ParameterException(
            commandLine, "--config " + file + ": no such file or folder, or not readable");
      }
      settings.add(resolved);
    }
    if (port != null) {
      settings.set("web.port=" + port);
    }
    set.forEach(settings::set);
    return settings;
  }
}
