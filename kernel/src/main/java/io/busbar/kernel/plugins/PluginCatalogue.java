package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(f -> f.toString().endsWith(".jar")).sorted().forEach(catalogue::take);
      return catalogue;
    } catch (IOException e) {
      throw new Refusal(List.of("folder of plugins " + folder + ": " + e.getMessage()));
    } catch (BadPlugin e) {
      catalogue.close();
      throw new Refusal(List.of(e.getMessage()));
    }
  }

  private void take(Path file) {
    PluginJar jar = PluginJar.inspect(file);
    entries.put(jar.id(), shelf.take(jar));
    jars.put(jar.id(), jar);
  }

  /** Entry points by id. */
  public Map<String, BusbarPlugin> entries() {
    return java.util.Collections.unmodifiableMap(entries);
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
