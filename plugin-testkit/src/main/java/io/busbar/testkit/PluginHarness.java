package io.busbar.testkit;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Runs one plugin as the kernel would: its verticles are started on virtual threads, then told that
 * the kernel is ready. The test plays all other plugins through the context's bus.
 */
public final class PluginHarness implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();

  private PluginHarness() {}

  /**
   * Starts the plugin.
   *
   * @throws AssertionError if a verticle does not start, with the reason
   */
  public static PluginHarness start(BusbarPlugin plugin, FakeContext context) {
    PluginHarness harness = new PluginHarness();
    try {
      for (Verticle verticle : plugin.verticles(context)) {
        harness.deploy(verticle);
      }
    } catch (RuntimeException | Error e) {
      harness.close();
      throw e;
    }
    context.bus().tell(KernelAddresses.READY, new KernelReady(context.clock().instant()));
    return harness;
  }

  private void deploy(Verticle verticle) {
    await(
        vertx.deployVerticle(
            verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Stops the plugin's verticles and everything they opened. */
  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("plugin did not start or stop: " + e.getMessage(), e);
    }
  }
}
