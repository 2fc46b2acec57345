package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.Health.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All plugins: those that came with Busbar and those dropped in. */
public final class PluginHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

  private final Surroundings kernel;
  private final JarShelf shelf = new JarShelf();
  private final Path copies;
  private final Map<String, HostedPlugin> plugins = new TreeMap<>();
  private final Map<Path, String> droppedIn = new LinkedHashMap<>();
  private boolean ready;

  /** Knows nothing yet; private copies of dropped-in jars go to a folder that ends with it. */
  public PluginHost(Surroundings kernel) {
    this.kernel = kernel;
    try {
      this.copies = Files.createTempDirectory("busbar-plugins");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads the jars of a folder, checks that they fit together and starts them side by side.
   *
   * @param disabled ids that stay out
   * @throws Refusal if one is no plugin, does not start, or they do not fit; nothing runs then
   */
  public synchronized void startBundled(Path folder, Set<String> disabled) {
    load(folder, disabled);
    List<String> problems = AddressCheck.problems(entries());
    if (!problems.isEmpty()) {
      throw new Refusal(problems);
    }
    List<String> failures = new ArrayList<>();
    List<Thread> starts = new ArrayList<>();
    for (HostedPlugin plugin : plugins.values()) {
      starts.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Throwable failure = plugin.start();
                    if (failure != null) {
                      synchronized (failures) {
                        failures.add("plugin " + plugin.jar().id() + ": " + failure.getMessage());
                      }
                    }
                  }));
    }
    starts.forEach(PluginHost::join);
    if (!failures.isEmpty()) {
      throw new Refusal(failures);
    }
  }

  /** Loads the jars of a folder without starting them, for what they say of themselves. */
  public synchronized Map<String, BusbarPlugin> load(Path folder, Set<String> disabled) {
    for (Path file : jars(folder)) {
      try {
        PluginJar jar = PluginJar.inspect(file);
        if (!disabled.contains(jar.id())) {
          plugins.put(jar.id(), host(jar));
        }
      } catch (BadPlugin e) {
        throw new Refusal(List.of(e.getMessage()));
      }
    }
    return entries();
  }

  private HostedPlugin host(PluginJar jar) {
    if (plugins.containsKey(jar.id())) {
      throw new BadPlugin(
          "%s: there is a plugin '%s' already, from %s"
              .formatted(
                  jar.file().getFileName(),
                  jar.id(),
                  plugins.get(jar.id()).jar().file().getFileName()));
    }
    try {
      return new HostedPlugin(jar, shelf.take(jar), shelf.loaderOf(jar.id()), kernel);
    } catch (BadPlugin e) {
      shelf.putBack(jar.id());
      throw e;
    }
  }

  /** Tells everybody that asking is allowed. */
  public synchronized void tellReady() {
    ready = true;
    plugins.values().forEach(HostedPlugin::tellReady);
  }

  /** Takes a jar while running. What is wrong with it is reported and disturbs nobody. */
  synchronized void dropIn(Path file) {
    String name = "plugin-file:" + file.getFileName();
    try {
      PluginJar jar = PluginJar.inspect(privateCopy(file));
      HostedPlugin plugin = host(jar);
      Map<String, BusbarPlugin> all = entries();
      all.put(jar.id(), plugin.entry());
      List<String> problems = AddressCheck.problems(all);
      if (!problems.isEmpty()) {
        shelf.putBack(jar.id());
        throw new BadPlugin(String.join("; ", problems));
      }
      plugins.put(jar.id(), plugin);
      droppedIn.put(file, jar.id());
      Throwable failure = plugin.start();
      if (ready) {
        plugin.tellReady();
      }
      kernel.health().forget(name);
      if (failure == null) {
        LOG.info("plugin {} {} joined from {}", jar.id(), jar.version(), file.getFileName());
      }
    } catch (BadPlugin e) {
      kernel.health().report(name, Status.DOWN, e.getMessage());
    }
  }

  /** Ends a plugin whose jar is gone. */
  synchronized void takeOut(Path file) {
    kernel.health().forget("plugin-file:" + file.getFileName());
    String id = droppedIn.remove(file);
    if (id != null) {
      plugins.remove(id).stop();
      shelf.putBack(id);
      LOG.info("plugin {} left", id);
    }
  }

  private Path privateCopy(Path file) {
    try {
      Path copy = Files.createTempDirectory(copies, "jar").resolve(file.getFileName());
      return Files.copy(file, copy);
    } catch (IOException e) {
      throw new BadPlugin(file.getFileName() + ": cannot be copied: " + e.getMessage(), e);
    }
  }

  /** Entry points by id. */
  public synchronized Map<String, BusbarPlugin> entries() {
    Map<String, BusbarPlugin> entries = new TreeMap<>();
    plugins.forEach((id, plugin) -> entries.put(id, plugin.entry()));
    return entries;
  }

  /** Jar and version by id, for people. */
  public synchronized Map<String, String> origins() {
    Map<String, String> origins = new TreeMap<>();
    plugins.forEach(
        (id, p) -> origins.put(id, p.jar().version() + " " + p.jar().file().getFileName()));
    return origins;
  }

  /** The schema of a plugin's settings, where it has one. */
  public synchronized java.util.Optional<java.net.URL> schema(String id) {
    return java.util.Optional.ofNullable(shelf.loaderOf(id).own("config.schema.json"));
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new Refusal(List.of("folder of plugins " + folder + ": " + e.getMessage()));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops everybody, dependents first as far as that can be known: reverse order of names. */
  @Override
  public synchronized void close() {
    new TreeMap<>(plugins).descendingMap().values().forEach(HostedPlugin::stop);
    plugins.keySet().forEach(shelf::putBack);
    plugins.clear();
    try (Stream<Path> files = Files.walk(copies)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", copies, e.getMessage());
    }
  }
}
