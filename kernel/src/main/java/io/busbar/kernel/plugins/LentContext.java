package io.busbar.kernel.plugins;

import io.busbar.api.Address;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.kernel.bus.OwnedBus;
import io.busbar.kernel.health.PrometheusMetrics;
import io.busbar.kernel.time.OwnedScheduler;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What one run of one plugin was lent; closing it takes everything back. */
final class LentContext implements PluginContext, AutoCloseable {

  private final String id;
  private final JsonObject config;
  private final Surroundings kernel;
  private final Predicate<Address> provided;
  private final Consumer<Throwable> restart;
  private final OwnedBus bus;
  private final OwnedScheduler scheduler;
  private final PrometheusMetrics.Owned metrics;

  /**
   * @param run number of this run of the plugin, from 1
   * @param provides what the plugin says it answers
   * @param provided whether any plugin that is installed provides an address
   * @param restart called when the plugin cannot go on
   */
  LentContext(
      PluginJar jar,
      int run,
      Set<Address> provides,
      JsonObject config,
      Surroundings kernel,
      Predicate<Address> provided,
      Consumer<Throwable> restart) {
    this.id = jar.id();
    this.config = config;
    this.kernel = kernel;
    this.provided = provided;
    this.restart = restart;
    this.bus = new OwnedBus(kernel.bus(), id + "#" + run, provides);
    this.scheduler = new OwnedScheduler(kernel.scheduler());
    this.metrics = kernel.metrics().owned();
  }

  @Override
  public String pluginId() {
    return id;
  }

  @Override
  public JsonObject config() {
    return config.copy();
  }

  @Override
  public OwnedBus bus() {
    return bus;
  }

  @Override
  public Clock clock() {
    return kernel.clock();
  }

  @Override
  public OwnedScheduler scheduler() {
    return scheduler;
  }

  @Override
  public Optional<DatabaseAccess> database() {
    return kernel.database().apply(id);
  }

  @Override
  public PrometheusMetrics.Owned metrics() {
    return metrics;
  }

  @Override
  public Health health() {
    return kernel.health().of("plugin:" + id);
  }

  @Override
  public Path dataFolder() {
    try {
      return Files.createDirectories(kernel.dataFolder().resolve("plugins").resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path configFolder() {
    return kernel.configFolder();
  }

  @Override
  public boolean isProvided(Address address) {
    return provided.test(address);
  }

  @Override
  public void restart(Throwable cause) {
    restart.accept(cause);
  }

  @Override
  public void close() {
    scheduler.close();
    bus.close();
    metrics.close();
  }
}
