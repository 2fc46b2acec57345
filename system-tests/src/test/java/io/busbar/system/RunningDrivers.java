package io.busbar.system;

import io.busbar.api.Address;
import io.busbar.api.Bus;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.Scheduler;
import io.busbar.api.field.Device;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.ListDevices;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Topology, balancing and drivers on the kernel's bus in one process, storing nothing. */
final class RunningDrivers implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final VertxBus bus = new VertxBus(vertx, metrics);
  private final Path folder;

  /** What one plugin is lent. */
  private record Lent(
      String pluginId,
      JsonObject config,
      Bus bus,
      Scheduler scheduler,
      Metrics metrics,
      Health health,
      Path dataFolder)
      implements PluginContext {

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public Optional<DatabaseAccess> database() {
      return Optional.empty();
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

  RunningDrivers(Path folder) {
    this.folder = folder;
    deploy("topology", new TopologyPlugin(), new JsonObject());
    deploy("balancing", new BalancingPlugin(), new JsonObject());
  }

  void deploy(String id, BusbarPlugin plugin, JsonObject config) {
    Lent context =
        new Lent(
            id, config, bus, new VertxScheduler(vertx), metrics, new RecordingHealth(), folder);
    DeploymentOptions options =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (Verticle verticle : plugin.verticles(context)) {
      await(vertx.deployVerticle(verticle, options));
    }
  }

  /** Lets the plugins begin. */
  void ready() {
    bus.tell(KernelAddresses.READY, new KernelReady(Instant.now()));
  }

  /** Imports a site file; gives the site's id. */
  UUID take(String name, String text) {
    ImportSite question = new ImportSite(Optional.empty(), name, text, "test", "import");
    return ((Imported) await(bus.ask(TopologyAddresses.IMPORT_SITE, question))).microgridId();
  }

  Bus bus() {
    return bus;
  }

  /** What a driver knows of its devices. */
  List<Device> devices(String driver) {
    return await(bus.ask(FieldAddresses.DEVICES.at(driver), new ListDevices())).devices();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
