package io.busbar.kernel;

import io.busbar.api.Health.Status;
import io.busbar.api.Scheduler;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.MetricsText;
import io.busbar.kernel.config.Settings;
import io.busbar.kernel.database.DataLock;
import io.busbar.kernel.database.Database;
import io.busbar.kernel.database.EmbeddedDatabase;
import io.busbar.kernel.database.ExternalDatabase;
import io.busbar.kernel.database.NoDatabase;
import io.busbar.kernel.health.HealthBoard;
import io.busbar.kernel.health.PrometheusMetrics;
import io.busbar.kernel.plugins.DropInFolder;
import io.busbar.kernel.plugins.PluginHost;
import io.busbar.kernel.plugins.Surroundings;
import io.busbar.kernel.time.VertxScheduler;
import io.busbar.virtual.VirtualTime;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Busbar. It starts in this order: data lock, Vert.x, bus, then the plugins are loaded
 * and everything that people set is checked, and only then the database, the plugins and the
 * watched folder. What has started stops when a later step fails or {@link #close} is called, the
 * plugins before the database they store in.
 */
public final class Kernel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Installation installation;
  private final Supplier<Settings> settings;
  private final KernelSettings own;
  private Surroundings surroundings;
  private volatile Database database = new NoDatabase();

  private Kernel(Installation installation, Supplier<Settings> settings) {
    this.installation = installation;
    this.settings = settings;
    this.own = KernelSettings.of(settings.get());
  }

  /**
   * Starts everything on a data folder.
   *
   * @param settings read again for every plugin that is dropped in
   * @param speed 1 runs on the wall clock, anything else in virtual time that fast
   * @throws RuntimeException {@code Refusal} or {@code InvalidSettings} with every reason; nothing
   *     is left running
   */
  static Kernel run(
      Installation installation, Supplier<Settings> settings, Path data, double speed) {
    Kernel kernel = new Kernel(installation, settings);
    return kernel.orClose(
        () -> {
          kernel.opened(DataLock.take(data));
          kernel.opened(() -> kernel.database.close());
          Vertx vertx = kernel.vertx();
          PrometheusMetrics metrics = kernel.opened(new PrometheusMetrics());
          Time time =
              speed == 1 ? Time.wallClock(vertx, metrics.owned()) : Time.paced(vertx, speed);
          kernel.build(data, time, metrics);
          PluginHost host = kernel.loadPlugins(kernel.own.disabled());
          kernel.database = database(kernel.own, data);
          kernel.start(host, time);
          Scheduler wallClock = new VertxScheduler(vertx);
          kernel.watchDatabase(wallClock);
          Path dropIn = installation.root().resolve(kernel.own.pluginFolder());
          kernel.opened(new DropInFolder(dropIn, host).watch(wallClock));
          LOG.info("drop plugin jars into {}", dropIn);
        });
  }

  /** Starts everything in virtual time that the caller drives; keeps nothing, opens no port. */
  static Kernel virtual(
      Installation installation, Settings settings, Path data, VirtualTime virtual) {
    Kernel kernel = new Kernel(installation, () -> settings);
    return kernel.orClose(
        () -> {
          Time time = Time.driven(kernel.vertx(), virtual);
          kernel.build(data, time, kernel.opened(new PrometheusMetrics()));
          kernel.start(kernel.loadPlugins(kernel.own.disabledInScenarios()), time);
        });
  }

  private Kernel orClose(Runnable steps) {
    try {
      steps.run();
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    started.push(resource);
    return resource;
  }

  /** What the settings want to store in. */
  static Database database(KernelSettings own, Path data) {
    return switch (own.databaseUrl()) {
      case "embedded" -> new EmbeddedDatabase(data);
      case "none" -> new NoDatabase();
      default ->
          new ExternalDatabase(own.databaseUrl(), own.databaseUser(), own.databasePassword());
    };
  }

  private Vertx vertx() {
    Vertx vertx = KernelThreads.vertx();
    opened(() -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
    return vertx;
  }

  private void build(Path data, Time time, PrometheusMetrics metrics) {
    HealthBoard health = new HealthBoard(time.clock(), Version.current());
    health.report("kernel", Status.UP, "");
    surroundings =
        new Surroundings(
            time.stage(),
            time.bus(),
            time.clock(),
            time.scheduler(),
            settings,
            health,
            metrics,
            plugin -> database.of(plugin),
            installation.config(),
            data,
            time.background(),
            own.startTimeout());
    time.bus().answer(KernelAddresses.HEALTH, query -> health.report());
    time.bus().answer(KernelAddresses.METRICS, query -> new MetricsText(metrics.scrape()));
    opened(time.pacer());
  }

  private PluginHost loadPlugins(Set<String> disabled) {
    PluginHost host = opened(new PluginHost(surroundings));
    host.loadBundled(installation.bundled(), disabled);
    warnOfIdleSettings(host, disabled);
    return host;
  }

  private void warnOfIdleSettings(PluginHost host, Set<String> disabled) {
    Settings given = settings.get();
    given.plugins().stream()
        .filter(id -> !id.equals("busbar") && !host.entries().containsKey(id))
        .filter(id -> !disabled.contains(id))
        .forEach(id -> LOG.warn("there are settings for '{}', but no such plugin runs", id));
    Set<String> known = new TreeSet<>(host.variables());
    known.addAll(KernelSettings.schema().variables());
    given
        .strangers(known)
        .forEach(
            name -> LOG.warn("environment variable {} is no setting of anything that runs", name));
  }

  private void start(PluginHost host, Time time) {
    time.pacer().start();
    host.startBundled();
    host.tellReady();
    surroundings.health().ready(true);
  }

  private void watchDatabase(Scheduler wallClock) {
    if (!(database instanceof NoDatabase)) {
      surroundings.health().report("database", Status.UP, "");
      Runnable look = () -> Thread.startVirtualThread(this::lookAtDatabase);
      opened(wallClock.every(WATCH, WATCH, look));
    }
  }

  private void lookAtDatabase() {
    database
        .fault()
        .ifPresentOrElse(
            fault -> {
              surroundings.health().report("database", Status.DOWN, fault);
              database.revive();
            },
            () -> surroundings.health().report("database", Status.UP, ""));
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Stops everything in reverse order, each in bounded time. */
  @Override
  public void close() {
    if (surroundings != null) {
      surroundings.health().ready(false);
    }
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping: {}", e.toString());
      }
    }
  }
}
