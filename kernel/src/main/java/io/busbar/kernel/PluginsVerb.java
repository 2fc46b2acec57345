package io.busbar.kernel;

import io.busbar.api.Address;
import io.busbar.kernel.plugins.PluginCatalogue;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code plugins}: what there is, and what each provides and requires. */
@CommandLine.Command(description = "Lists the bundled plugins, what each provides and requires.")
final class PluginsVerb implements Callable<Integer> {

  private final PluginCatalogue catalogue;
  private final PrintStream out;

  @Mixin private Options options = new Options();

  PluginsVerb(PluginCatalogue catalogue, PrintStream out) {
    this.catalogue = catalogue;
    this.out = out;
  }

  @Override
  public Integer call() {
    catalogue
        .entries()
        .forEach(
            (id, plugin) -> {
              out.println(id + "  (" + catalogue.origin(id) + ")");
              out.println("  provides  " + names(plugin.provides()));
              out.println("  requires  " + names(plugin.requires()));
              plugin.commands().forEach(c -> out.println("  verb      " + c.name()));
            });
    return 0;
  }

  private static String names(Set<Address> addresses) {
    return addresses.isEmpty()
        ? "nothing"
        : addresses.stream().map(Address::name).sorted().collect(Collectors.joining(", "));
  }
}
