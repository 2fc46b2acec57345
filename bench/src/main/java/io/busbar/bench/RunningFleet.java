package io.busbar.bench;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.balancing.BalancingPlugin;
import io.busbar.kernel.bus.VertxBus;
import io.busbar.kernel.database.EmbeddedDatabase;
import io.busbar.kernel.health.PrometheusMetrics;
import io.busbar.kernel.time.VertxScheduler;
import io.busbar.testkit.RecordingHealth;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The balancing plugin as the kernel runs it, with the product's own database, over a fleet. */
final class RunningFleet implements AutoCloseable {

  private final Path folder;
  private final EmbeddedDatabase server;
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final PrometheusMetrics.Owned own = metrics.owned();
  private final Vertx vertx;
  private final VertxBus bus;
  private final List<String> deployed = new ArrayList<>();
  private Fleet fleet;

  RunningFleet(Path folder) {
    this.folder = folder;
    server = new EmbeddedDatabase(folder);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(false));
    bus = new VertxBus(vertx, own);
  }

  /** Starts with everything. */
  void start(int sites, int connectors, Duration readEvery) {
    fleet = new Fleet(bus, sites, connectors, readEvery);
    await(vertx.deployVerticle(fleet, new DeploymentOptions()));
    BenchContext context =
        new BenchContext(
            "balancing",
            bus,
            new VertxScheduler(vertx),
            Optional.of(database()),
            own,
            new RecordingHealth(),
            folder.resolve("balancing"));
    DeploymentOptions options =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (Verticle verticle : new BalancingPlugin().verticles(context)) {
      deployed.add(await(vertx.deployVerticle(verticle, options)));
    }
    bus.tell(KernelAddresses.READY, new KernelReady(Instant.now()));
  }

  Fleet fleet() {
    return fleet;
  }

  DatabaseAccess database() {
    return server.of("balancing").orElseThrow();
  }

  CpuTime cpuTime() throws IOException {
    return new CpuTime(folder.resolve("postgres"));
  }

  /** How many cycles were decided, as the metrics say. */
  long cycles() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("busbar_cycles_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Stops deciding and waits until all is stored; the database stays. */
  void stop() {
    deployed.reversed().forEach(id -> await(vertx.undeploy(id)));
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
