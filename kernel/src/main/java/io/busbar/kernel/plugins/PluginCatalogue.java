package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bundled plugins, loaded but not started: what they say of themselves. */
public final class PluginCatalogue implements AutoCloseable {

  private final JarShelf shelf = new JarShelf();
  private final Map<String, PluginJar> jars = new TreeMap<>();
  private final Map<String, BusbarPlugin> entries = new TreeMap<>();

  private PluginCatalogue() {}

  /**
   * Loads every jar of a folder.
   *
   * @throws Refusal naming the jar that is no plugin, or the folder that cannot be read
   */
  public static PluginCatalogue of(Path folder) {
    PluginCatalogue catalogue = new PluginCatalogue();
    try {
      JarCopies.jars(folder).forEach(catalogue::take);
      return catalogue;
    } catch (BadPlugin e) {
      catalogue.close();
      throw new Refusal(List.of(e.getMessage()));
    }
  }

  /**
   * Adds one more jar.
   *
   * @return why it is no plugin that could join the others; empty when it could
   */
  public Optional<String> add(Path file) {
    try {
      PluginJar jar = PluginJar.inspect(file);
      if (entries.containsKey(jar.id())) {
        return Optional.of("there is a plugin '" + jar.id() + "' already");
      }
      take(file);
      List<String> problems = AddressCheck.problems(entries);
      return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    } catch (BadPlugin e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Knows no plugin, for verbs that need none. */
  public static PluginCatalogue empty() {
    return new PluginCatalogue();
  }

  private void take(Path file) {
    PluginJar jar = PluginJar.inspect(file);
    shelf.take(jar);
    jars.put(jar.id(), jar);
    entries.put(jar.id(), shelf.entry(jar));
  }

  /** Entry points by id. */
  public Map<String, BusbarPlugin> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Version and file of one. */
  public String origin(String id) {
    return jars.get(id).version() + ", " + jars.get(id).file().getFileName();
  }

  /** The schema of one's settings, where it has one. */
  public Optional<URL> schema(String id) {
    return entries.containsKey(id)
        ? Optional.ofNullable(shelf.loaderOf(id).own("config.schema.json"))
        : Optional.empty();
  }

  @Override
  public void close() {
    jars.keySet().forEach(shelf::putBack);
  }
}
