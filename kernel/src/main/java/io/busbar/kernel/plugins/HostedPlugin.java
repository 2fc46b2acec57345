package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.Health.Status;
import io.busbar.kernel.config.SettingsSchema;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plugin and its runs: started, stopped, and started again after it failed. */
final class HostedPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final PluginJar jar;
  private final BusbarPlugin entry;
  private final SharingClassLoader loader;
  private final Surroundings kernel;
  private final List<String> deployments = new ArrayList<>();
  private LentContext context;
  private Instant startedAt;
  private int runs;
  private int failures;
  private boolean ready;
  private boolean closed;

  HostedPlugin(PluginJar jar, BusbarPlugin entry, SharingClassLoader loader, Surroundings kernel) {
    this.jar = jar;
    this.entry = entry;
    this.loader = loader;
    this.kernel = kernel;
  }

  PluginJar jar() {
    return jar;
  }

  BusbarPlugin entry() {
    return entry;
  }

  boolean running() {
    return context != null;
  }

  private String healthName() {
    return "plugin:" + jar.id();
  }

  /** Starts it; a failure is reported, and the next try is scheduled. Returns what went wrong. */
  synchronized Throwable start() {
    if (closed || context != null) {
      return null;
    }
    try {
      URL schema = loader.own("config.schema.json");
      var settings =
          schema == null ? null : new SettingsSchema(jar.id(), schema).resolve(kernel.settings());
      if (settings != null) {
        LOG.info("settings of {}: {}", jar.id(), settings.shown());
      }
      context =
          new LentContext(
              jar.id(),
              ++runs,
              settings == null ? new io.vertx.core.json.JsonObject() : settings.value(),
              kernel,
              this::failed);
      deployWithin(kernel.startTimeout());
      startedAt = kernel.clock().instant();
      kernel.health().report(healthName(), Status.UP, "");
      if (ready) {
        context.bus().tellReady(startedAt);
      }
      return null;
    } catch (RuntimeException | Error | ExecutionException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      giveBack();
      scheduleRestart("did not start: " + reason(cause));
      return cause;
    }
  }

  private void deployWithin(Duration limit) throws ExecutionException {
    FutureTask<Void> deployment = new FutureTask<>(this::deploy);
    Thread thread = Thread.ofVirtual().name("start-" + jar.id()).start(deployment);
    try {
      deployment.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new BadPlugin("hangs on start: gave up after " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadPlugin("start was interrupted", e);
    }
  }

  private Void deploy() throws Exception {
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
            .setClassLoader(loader);
    Thread.currentThread().setContextClassLoader(loader);
    for (Verticle verticle : entry.verticles(context)) {
      Future<String> deployment = kernel.vertx().deployVerticle(verticle, options);
      deployments.add(deployment.toCompletionStage().toCompletableFuture().get());
    }
    return null;
  }

  /** Lets it ask others from now on. */
  synchronized void tellReady() {
    ready = true;
    if (context != null) {
      context.bus().tellReady(kernel.clock().instant());
    }
  }

  /** Stops it for good; returns when it has, or after a bounded time. */
  synchronized void stop() {
    closed = true;
    giveBack();
    kernel.health().forget(healthName());
  }

  private void failed(Throwable cause) {
    kernel.background().execute(() -> restartAfter(cause));
  }

  private synchronized void restartAfter(Throwable cause) {
    if (context == null || closed) {
      return;
    }
    Duration ran = Duration.between(startedAt, kernel.clock().instant());
    failures = ran.compareTo(STABLE) > 0 ? 0 : failures;
    giveBack();
    scheduleRestart("failed: " + reason(cause));
  }

  private void scheduleRestart(String what) {
    Duration delay = Backoff.after(++failures);
    kernel
        .health()
        .report(healthName(), Status.DOWN, what + "; tried again in " + delay.toSeconds() + " s");
    kernel.scheduler().after(delay, () -> kernel.background().execute(this::start));
  }

  private void giveBack() {
    for (String deployment : deployments.reversed()) {
      try {
        kernel
            .vertx()
            .undeploy(deployment)
            .toCompletionStage()
            .toCompletableFuture()
            .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("{} did not stop cleanly: {}", jar.id(), reason(e));
      }
    }
    deployments.clear();
    if (context != null) {
      context.close();
      context = null;
    }
  }

  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root instanceof ExecutionException && root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null || root.getMessage().isBlank()
        ? root.getClass().getName()
        : root.getMessage();
  }
}
