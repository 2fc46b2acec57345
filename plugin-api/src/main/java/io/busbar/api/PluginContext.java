package io.busbar.api;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What the kernel lends to one plugin, from start to stop. */
public interface PluginContext {

  /** {@code Plugin-Id} of the manifest: name of the config file, database schema and log prefix. */
  String pluginId();

  /** The plugin's settings, checked against its schema, defaults filled in, secrets resolved. */
  JsonObject config();

  Bus bus();

  /** The one clock; UTC. Never use the system's own. */
  Clock clock();

  Scheduler scheduler();

  /** Where to store; empty when this run keeps nothing, as scenarios do. */
  Optional<DatabaseAccess> database();

  Metrics metrics();

  Health health();

  /** A folder of this plugin's own that survives restarts, for spools and caches. Exists. */
  Path dataFolder();

  /** The folder of the config files: what relative paths in settings are meant from. */
  default Path configFolder() {
    return Path.of("config").toAbsolutePath();
  }

  /**
   * Whether a plugin that is installed provides an address, so that what cannot do without it is
   * not asked where it is not. True also while that plugin starts, or is down for a moment: then a
   * question to it fails.
   *
   * @since 0.1
   */
  boolean isProvided(Address address);

  /** Says that the plugin cannot go on: it is stopped, and started again after a growing delay. */
  void restart(Throwable cause);
}
