package io.busbar.kernel;

import io.busbar.api.Health.Status;
import io.busbar.api.Registration;
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
import io.busbar.kernel.time.Pacer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Busbar. It starts in this order, and what has started stops in reverse when a later
 * step fails or {@link #close} is called: data lock, database, Vert.x, bus, plugins, watched
 * folder.
 */
public final class Kernel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Installation installation;
  private final Settings settings;
  private final KernelSettings own;
  private Surroundings surroundings;

  private Kernel(Installation installation, Settings settings) {
    this.installation = installation;
    this.settings = settings;
    this.own = KernelSettings.of(settings);
  }

  /**
   * Starts everything on a data folder.
   *
   * @param speed 1 runs on the wall clock, anything else in virtual time that fast
   * @throws RuntimeException {@code Refusal} or {@code InvalidSettings} with every reason; nothing
   *     is left running
   */
  static Kernel run(Installation installation, Settings settings, Path data, double speed) {
    Kernel kernel = new Kernel(installation, settings);
    return kernel.orClose(
        () -> {
          kernel.opened(DataLock.take(data));
          Database database = kernel.opened(kernel.database(data));
          kernel.build(database, data, speed);
          PluginHost host = kernel.startPlugins(kernel.own.disabled(), database);
          Path dropIn = installation.root().resolve(kernel.own.pluginFolder());
          kernel.opened(new DropInFolder(dropIn, host).watch(kernel.surroundings));
          LOG.info("drop plugin jars into {}", dropIn);
        });
  }

  /** Starts everything in virtual time that the caller drives; keeps nothing, opens no port. */
  static Kernel virtual(Installation installation, Settings settings, Path data, Time time) {
    Kernel kernel = new Kernel(installation, settings);
    return kernel.orClose(
        () -> {
          kernel.build(new NoDatabase(), data, time, kernel.vertx(), kernel.metrics());
          kernel.startPlugins(kernel.own.disabledInScenarios(), new NoDatabase());
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

  private Database database(Path data) {
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

  private PrometheusMetrics metrics() {
    return opened(new PrometheusMetrics());
  }

  private void build(Database database, Path data, double speed) {
    PrometheusMetrics metrics = metrics();
    Vertx vertx = vertx();
    Time time = speed == 1 ? Time.wallClock(vertx, metrics.owned()) : Time.paced(speed);
    build(database, data, time, vertx, metrics);
  }

  private void build(
      Database database, Path data, Time time, Vertx vertx, PrometheusMetrics metrics) {
    HealthBoard health = new HealthBoard(time.clock(), Version.current());
    health.report("kernel", Status.UP, "");
    surroundings =
        new Surroundings(
            vertx,
            time.bus(),
            time.clock(),
            time.scheduler(),
            settings,
            health,
            metrics,
            database::of,
            installation.config(),
            data,
            time.background(),
            own.startTimeout());
    time.bus().answer(KernelAddresses.HEALTH, query -> health.report());
    time.bus().answer(KernelAddresses.METRICS, query -> new MetricsText(metrics.scrape()));
    Pacer pacer = opened(time.pacer());
    pacer.start();
  }

  private PluginHost startPlugins(java.util.Set<String> disabled, Database database) {
    PluginHost host = opened(new PluginHost(surroundings));
    host.startBundled(installation.bundled(), disabled);
    settings.plugins().stream()
        .filter(id -> !id.equals("busbar") && !host.entries().containsKey(id))
        .filter(id -> !disabled.contains(id))
        .forEach(id -> LOG.warn("there are settings for '{}', but no such plugin runs", id));
    host.tellReady();
    if (!(database instanceof NoDatabase)) {
      Runnable look = () -> surroundings.background().execute(() -> watch(database));
      Registration watch = surroundings.scheduler().every(WATCH, WATCH, look);
      opened(watch);
    }
    surroundings.health().ready(true);
    return host;
  }

  private void watch(Database database) {
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
