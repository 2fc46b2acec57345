package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.pf4j.AbstractExtensionFinder;
import org.pf4j.PluginWrapper;

/**
 * Finds the entry points that a jar names in {@code META-INF/services/io.busbar.api.BusbarPlugin}.
 * PF4J's own finder for services lists that folder instead, which needs folder entries in the jar
 * and loads every service of every library the plugin brings.
 */
final class ServicesFile extends AbstractExtensionFinder {

  static final String NAME = "META-INF/services/" + BusbarPlugin.class.getName();

  private final JarShelf shelf;

  ServicesFile(JarShelf shelf) {
    super(shelf);
    this.shelf = shelf;
  }

  /** Class names in the text of a services file. */
  static Set<String> classNames(InputStream text) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    new String(text.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(names::add);
    return names;
  }

  @Override
  public Map<String, Set<String>> readPluginsStorages() {
    Map<String, Set<String>> classNames = new HashMap<>();
    for (PluginWrapper plugin : shelf.getPlugins()) {
      classNames.put(plugin.getPluginId(), classNames(plugin));
    }
    return classNames;
  }

  private static Set<String> classNames(PluginWrapper plugin) {
    URL file = ((SharingClassLoader) plugin.getPluginClassLoader()).own(NAME);
    try (InputStream text = file.openStream()) {
      return classNames(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel's own class path holds no plugins. */
  @Override
  public Map<String, Set<String>> readClasspathStorages() {
    return Map.of();
  }
}
