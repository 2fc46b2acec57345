package io.busbar.kernel.plugins;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Health.Status;
import io.busbar.kernel.config.InvalidSettings;
import io.busbar.kernel.config.Settings;
import io.busbar.kernel.config.SettingsSchema;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All plugins that run: those that came with Busbar and those dropped in. */
public final class PluginHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

  private final Surroundings kernel;
  private final JarShelf shelf = new JarShelf();
  private final JarCopies copies = new JarCopies();
  private final Map<String, HostedPlugin> plugins = new TreeMap<>();
  private final Map<Path, String> droppedIn = new LinkedHashMap<>();
  private final Set<String> variables = new TreeSet<>();

  /** Names of addresses; read by plugins while the host may be waiting for them. */
  private volatile Set<String> provided = Set.of();

  private boolean ready;
  private boolean closed;

  /** Knows no plugin yet. */
  public PluginHost(Surroundings kernel) {
    this.kernel = kernel;
  }

  /**
   * Loads the jars of a folder and checks them, their settings and that they fit together; starts
   * nothing.
   *
   * @param disabled ids that stay out
   * @throws Refusal with everything that is wrong: one is no plugin, has wrong settings, or they do
   *     not fit
   */
  public synchronized void loadBundled(Path folder, Set<String> disabled) {
    List<String> problems = new ArrayList<>();
    for (Path file : JarCopies.jars(folder)) {
      try {
        PluginJar jar = PluginJar.inspect(file);
        if (!disabled.contains(jar.id())) {
          plugins.put(jar.id(), host(jar));
        }
      } catch (BadPlugin | InvalidSettings e) {
        problems.add(e.getMessage());
      }
    }
    refuse(problems);
    refuse(AddressCheck.problems(entries()));
    provided = AddressCheck.provided(entries().values());
  }

  /**
   * Starts what was loaded, side by side.
   *
   * @throws Refusal naming every plugin that does not start
   */
  public synchronized void startBundled() {
    refuse(startAll());
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new Refusal(problems);
    }
  }

  private List<String> startAll() {
    Map<String, CompletableFuture<Optional<String>>> starts = new TreeMap<>();
    plugins.forEach(
        (id, plugin) ->
            starts.put(id, CompletableFuture.supplyAsync(plugin::start, kernel.background())));
    List<String> failures = new ArrayList<>();
    starts.forEach(
        (id, start) -> start.join().ifPresent(what -> failures.add("plugin " + id + ": " + what)));
    return failures;
  }

  private HostedPlugin host(PluginJar jar) {
    HostedPlugin other = plugins.get(jar.id());
    if (other != null) {
      throw new BadPlugin(
          "%s: there is a plugin '%s' already, from %s"
              .formatted(jar.name(), jar.id(), other.jar().name()));
    }
    try {
      SharingClassLoader loader = shelf.take(jar);
      BusbarPlugin entry =
          kernel.stage().call(() -> shelf.entry(jar), loader, kernel.startTimeout());
      return new HostedPlugin(jar, entry, loader, settings(jar, loader), kernel, this::isProvided);
    } catch (Stage.TimeoutOnStart e) {
      shelf.putBack(jar.id());
      throw new BadPlugin(jar.name() + ": " + e.getMessage(), e);
    } catch (BadPlugin | InvalidSettings e) {
      shelf.putBack(jar.id());
      throw e;
    } catch (Exception e) {
      shelf.putBack(jar.id());
      throw new BadPlugin(jar.name() + ": cannot be loaded: " + e, e);
    }
  }

  private boolean isProvided(Address address) {
    return provided.contains(address.name());
  }

  private JsonObject settings(PluginJar jar, SharingClassLoader loader) {
    URL schema = loader.own("config.schema.json");
    Settings settings = kernel.settings().get();
    if (schema == null) {
      return new JsonObject();
    }
    SettingsSchema known = new SettingsSchema(jar.id(), schema);
    variables.addAll(known.variables());
    SettingsSchema.Resolved resolved = known.resolve(settings);
    LOG.info("settings of {}: {}", jar.id(), resolved.shown());
    return resolved.value();
  }

  /** Tells everybody that asking is allowed. */
  public synchronized void tellReady() {
    ready = true;
    plugins.values().forEach(HostedPlugin::tellReady);
  }

  /** Takes a jar while running. What is wrong with it is reported and disturbs nobody. */
  synchronized void dropIn(Path file) {
    if (closed) {
      return;
    }
    String name = "plugin-file:" + file.getFileName();
    kernel.health().extra(name);
    try {
      HostedPlugin plugin = join(PluginJar.inspect(copies.take(file)));
      droppedIn.put(file, plugin.jar().id());
      kernel.health().forget(name);
      kernel.background().execute(() -> start(plugin));
    } catch (BadPlugin | InvalidSettings e) {
      copies.putBack(file);
      kernel.health().report(name, Status.DOWN, "refused: " + e.getMessage());
    }
  }

  private HostedPlugin join(PluginJar jar) {
    HostedPlugin plugin = host(jar);
    Map<String, BusbarPlugin> all = entries();
    all.put(jar.id(), plugin.entry());
    List<String> problems = AddressCheck.problems(all);
    if (!problems.isEmpty()) {
      shelf.putBack(jar.id());
      throw new BadPlugin(jar.name() + ": " + String.join("; ", problems));
    }
    plugins.put(jar.id(), plugin);
    provided = AddressCheck.provided(entries().values());
    kernel.health().extra("plugin:" + jar.id());
    if (ready) {
      plugin.tellReady();
    }
    return plugin;
  }

  private static void start(HostedPlugin plugin) {
    if (plugin.start().isEmpty()) {
      LOG.info("plugin {} {} joined", plugin.jar().id(), plugin.jar().version());
    }
  }

  /** Ends a plugin whose jar is gone, and lets go of its classes. */
  synchronized void takeOut(Path file) {
    kernel.health().forget("plugin-file:" + file.getFileName());
    String id = droppedIn.remove(file);
    if (id != null) {
      HostedPlugin leaving = plugins.remove(id);
      provided = AddressCheck.provided(entries().values());
      leaving.stop();
      shelf.putBack(id);
      LOG.info("plugin {} left", id);
    }
    copies.putBack(file);
  }

  /** Entry points by id. */
  public synchronized Map<String, BusbarPlugin> entries() {
    Map<String, BusbarPlugin> entries = new TreeMap<>();
    plugins.forEach((id, plugin) -> entries.put(id, plugin.entry()));
    return entries;
  }

  /** Environment variables that stand for settings of those that run. */
  public synchronized Set<String> variables() {
    return Set.copyOf(variables);
  }

  /** Stops everybody, in reverse order of their names, each in bounded time. */
  @Override
  public synchronized void close() {
    closed = true;
    new TreeMap<>(plugins).descendingMap().values().forEach(HostedPlugin::stop);
    plugins.keySet().forEach(shelf::putBack);
    plugins.clear();
    droppedIn.clear();
    copies.close();
  }
}
