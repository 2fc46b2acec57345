package io.busbar.kernel;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.kernel.plugins.PluginCatalogue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plugins}: what there is, and what each provides and requires. */
@CommandLine.Command(
    description = "Lists the plugins, what each provides and requires, and whether it would run.")
final class PluginsVerb implements Callable<Integer> {

  private final Installation installation;
  private final PluginCatalogue catalogue;
  private final PrintStream out;

  @Mixin private Options options = new Options();
  @Spec private CommandSpec spec;

  PluginsVerb(Installation installation, PluginCatalogue catalogue, PrintStream out) {
    this.installation = installation;
    this.catalogue = catalogue;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    KernelSettings settings = KernelSettings.of(options.settings(installation, spec.commandLine()));
    Set<String> bundled = Set.copyOf(catalogue.entries().keySet());
    int code = 0;
    for (Path file : jars(installation.root().resolve(settings.pluginFolder()))) {
      Optional<String> problem = catalogue.add(file);
      if (problem.isPresent()) {
        out.println(file.getFileName() + "  REFUSED: " + problem.get());
        code = 1;
      }
    }
    catalogue
        .entries()
        .forEach(
            (id, plugin) -> {
              String origin = bundled.contains(id) ? "bundled" : "dropped in";
              String state = settings.disabled().contains(id) ? "disabled" : "enabled";
              out.println(id + "  " + catalogue.origin(id) + ", " + origin + ", " + state);
              print(plugin);
            });
    return code;
  }

  private void print(BusbarPlugin plugin) {
    out.println("  provides  " + names(plugin.provides()));
    out.println("  requires  " + names(plugin.requires()));
    plugin.commands().forEach(command -> out.println("  verb      " + command.name()));
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String names(Set<Address> addresses) {
    return addresses.isEmpty()
        ? "nothing"
        : addresses.stream().map(Address::name).sorted().collect(Collectors.joining(", "));
  }
}
