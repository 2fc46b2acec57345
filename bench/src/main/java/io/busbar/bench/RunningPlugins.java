package io.busbar.bench;

import io.busbar.api.Bus;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.balancing.BalancingPlugin;
import io.busbar.kernel.bus.VertxBus;
import io.busbar.kernel.time.VertxScheduler;
import io.busbar.testkit.RecordingHealth;
import io.busbar.testkit.RecordingMetrics;
import io.busbar.topology.TopologyPlugin;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Topology and balancing as the kernel runs them, in real time on its bus, storing nothing. */
final class RunningPlugins implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final VertxBus bus = new VertxBus(vertx, metrics);

  /** Starts both and imports a site; gives its microgrid's id. */
  UUID start(String site) {
    deploy("topology", new TopologyPlugin(), new JsonObject());
    deploy("balancing", new BalancingPlugin(), new JsonObject());
    bus.tell(KernelAddresses.READY, new KernelReady(Instant.now()));
    ImportSite question = new ImportSite(Optional.empty(), "site.yaml", site, "bench", "import");
    return ((Imported) await(bus.ask(TopologyAddresses.IMPORT_SITE, question))).microgridId();
  }

  /** Starts another plugin, before the others. */
  void deploy(String id, BusbarPlugin plugin, JsonObject config) {
    BenchContext context =
        new BenchContext(
            id,
            config,
            bus,
            new VertxScheduler(vertx),
            Optional.empty(),
            metrics,
            new RecordingHealth(),
            Path.of(""));
    DeploymentOptions options =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (Verticle verticle : plugin.verticles(context)) {
      await(vertx.deployVerticle(verticle, options));
    }
  }

  Bus bus() {
    return bus;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
