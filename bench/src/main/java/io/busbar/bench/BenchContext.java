package io.busbar.bench;

import io.busbar.api.Address;
import io.busbar.api.Bus;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.Scheduler;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What one plugin is lent while it is measured: wall-clock time, the real bus, a real database. */
record BenchContext(
    String pluginId,
    JsonObject config,
    Bus bus,
    Scheduler scheduler,
    Optional<DatabaseAccess> database,
    Metrics metrics,
    Health health,
    Path dataFolder)
    implements PluginContext {

  /** One without settings. */
  BenchContext(
      String pluginId,
      Bus bus,
      Scheduler scheduler,
      Optional<DatabaseAccess> database,
      Metrics metrics,
      Health health,
      Path dataFolder) {
    this(pluginId, new JsonObject(), bus, scheduler, database, metrics, health, dataFolder);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public boolean isProvided(Address address) {
    return false;
  }

  @Override
  public void restart(Throwable cause) {
    throw new IllegalStateException(pluginId + " cannot go on", cause);
  }
}
