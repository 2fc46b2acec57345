package io.busbar.bench;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Request;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.kernel.bus.VertxBus;
import io.busbar.kernel.database.EmbeddedDatabase;
import io.busbar.kernel.time.VertxScheduler;
import io.busbar.testkit.RecordingHealth;
import io.busbar.testkit.RecordingMetrics;
import io.busbar.topology.TopologyPlugin;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The topology plugin as the kernel runs it, on the product's own database with the product's own
 * settings: whatever is answered is on disk.
 */
final class RunningTopology implements AutoCloseable {

  private final EmbeddedDatabase server;
  private final Vertx vertx = Vertx.vertx();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final VertxBus bus = new VertxBus(vertx, metrics);
  private final Path folder;
  private UUID microgridId;

  RunningTopology(Path folder) {
    this.folder = folder;
    server = new EmbeddedDatabase(folder);
  }

  /** Starts the plugin and imports the site whose tree is measured. */
  void start(String site) {
    BenchContext context =
        new BenchContext(
            "topology",
            bus,
            new VertxScheduler(vertx),
            Optional.of(database()),
            metrics,
            new RecordingHealth(),
            folder);
    DeploymentOptions options =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (Verticle verticle : new TopologyPlugin().verticles(context)) {
      await(vertx.deployVerticle(verticle, options));
    }
    bus.tell(KernelAddresses.READY, new KernelReady(Instant.now()));
    ImportSite question = new ImportSite(Optional.empty(), "site.yaml", site, "bench", "import");
    microgridId =
        ((Imported) await(bus.ask(TopologyAddresses.IMPORT_SITE, question))).microgridId();
  }

  DatabaseAccess database() {
    return server.of("topology").orElseThrow();
  }

  /** Asks about that tree, as any other plugin would, and waits for the reply. */
  <Q, R> R ask(Request<Q, R> address, Q question) {
    return await(bus.ask(address.at(microgridId), question));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
    server.close();
  }
}
