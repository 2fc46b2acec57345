package io.busbar.kernel.plugins;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether what plugins provide and require fits together. */
final class AddressCheck {

  private static final String KERNEL = "kernel.";

  private AddressCheck() {}

  /** Everything that does not fit, each naming plugin and address; empty when all does. */
  static List<String> problems(Map<String, BusbarPlugin> plugins) {
    Map<String, Set<String>> answerers = new TreeMap<>();
    Set<String> provided = provided(plugins.values());
    plugins.forEach(
        (id, plugin) ->
            plugin
                .provides()
                .forEach(
                    address -> {
                      if (address instanceof Request<?, ?> request && !request.answeredPerKey()) {
                        answerers.computeIfAbsent(address.name(), n -> new TreeSet<>()).add(id);
                      }
                    }));
    List<String> problems = new ArrayList<>();
    plugins.forEach(
        (id, plugin) ->
            missing(plugin, provided)
                .forEach(
                    name ->
                        problems.add(
                            "plugin " + id + " requires " + name + ", which no plugin provides")));
    answerers.forEach(
        (name, ids) -> {
          if (ids.size() > 1) {
            problems.add(name + " is answered by more than one plugin: " + String.join(", ", ids));
          }
        });
    return problems;
  }

  /** Names of everything that plugins provide. */
  static Set<String> provided(Collection<BusbarPlugin> plugins) {
    return plugins.stream()
        .flatMap(plugin -> plugin.provides().stream())
        .map(Address::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> missing(BusbarPlugin plugin, Set<String> provided) {
    return plugin.requires().stream()
        .map(Address::name)
        .filter(name -> !name.startsWith(KERNEL) && !provided.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
