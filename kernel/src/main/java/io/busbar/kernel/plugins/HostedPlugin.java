package io.busbar.kernel.plugins;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.Health.Status;
import io.busbar.api.Registration;
import io.busbar.api.TemporarilyUnavailable;
import io.busbar.kernel.health.PrometheusMetrics;
import io.vertx.core.Verticle;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plugin and its runs: started, stopped, and started again after it failed. */
final class HostedPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final PluginJar jar;
  private final BusbarPlugin entry;
  private final ClassLoader loader;
  private final JsonObject config;
  private final Surroundings kernel;
  private final Predicate<Address> provided;
  private final List<Stage.Appearance> verticles = new ArrayList<>();
  private final PrometheusMetrics.Owned meters;
  private volatile LentContext context;
  private Registration nextStart = () -> {};
  private Instant startedAt;
  private int runs;
  private int failures;
  private boolean ready;
  private boolean closed;

  HostedPlugin(
      PluginJar jar,
      BusbarPlugin entry,
      ClassLoader loader,
      JsonObject config,
      Surroundings kernel,
      Predicate<Address> provided) {
    this.jar = jar;
    this.entry = entry;
    this.loader = loader;
    this.config = config;
    this.kernel = kernel;
    this.provided = provided;
    this.meters = kernel.metrics().owned();
    meters.gauge(
        "plugin_up", "1 while the plugin runs", () -> context == null ? 0 : 1, "plugin", jar.id());
  }

  PluginJar jar() {
    return jar;
  }

  BusbarPlugin entry() {
    return entry;
  }

  private String healthName() {
    return "plugin:" + jar.id();
  }

  /**
   * Starts it. A failure is reported and the next try is scheduled; one that hangs is not tried
   * again, because its thread may still be there.
   *
   * @return what went wrong and speaks against starting the others; that something outside is away
   *     for now does not
   */
  synchronized Optional<String> start() {
    if (closed || context != null) {
      return Optional.empty();
    }
    try {
      int run = ++runs;
      context =
          new LentContext(
              jar, run, entry.provides(), config, kernel, provided, cause -> failed(run, cause));
      enter();
      startedAt = kernel.clock().instant();
      kernel.health().report(healthName(), Status.UP, "");
      if (ready) {
        context.bus().tellReady(startedAt);
      }
      return Optional.empty();
    } catch (Stage.TimeoutOnStart e) {
      giveBack();
      kernel.health().report(healthName(), Status.DOWN, e.getMessage() + "; not tried again");
      return Optional.of(e.getMessage());
    } catch (Exception | Error e) {
      giveBack();
      String what = "did not start: " + reason(e);
      scheduleRestart(what);
      return isTemporary(e) ? Optional.empty() : Optional.of(what);
    }
  }

  private void enter() throws Exception {
    Duration limit = kernel.startTimeout();
    for (Verticle verticle : kernel.stage().call(this::verticlesOfRun, loader, limit)) {
      verticles.add(kernel.stage().enter(verticle, loader, limit));
    }
  }

  private List<Verticle> verticlesOfRun() {
    return entry.verticles(context);
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
    nextStart.close();
    meters.close();
    giveBack();
  }

  /** May be called by any thread, of the plugin's too; so it only takes note. */
  private void failed(int run, Throwable cause) {
    kernel.background().execute(() -> restartAfter(run, cause));
  }

  private synchronized void restartAfter(int run, Throwable cause) {
    if (run != runs || context == null || closed) {
      return;
    }
    Duration ran = Duration.between(startedAt, kernel.clock().instant());
    failures = ran.compareTo(STABLE) >= 0 ? 0 : failures;
    giveBack();
    scheduleRestart("failed: " + reason(cause));
  }

  private void scheduleRestart(String what) {
    Duration delay = Backoff.after(++failures);
    kernel
        .health()
        .report(healthName(), Status.DOWN, what + "; tried again in " + delay.toSeconds() + " s");
    nextStart = kernel.scheduler().after(delay, () -> kernel.background().execute(() -> start()));
  }

  private void giveBack() {
    for (Stage.Appearance verticle : verticles.reversed()) {
      try {
        verticle.leave(STOP);
      } catch (TimeoutException e) {
        LOG.warn("{} does not stop; left behind after {} s", jar.id(), STOP.toSeconds());
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly: {}", jar.id(), reason(e));
      }
    }
    verticles.clear();
    kernel.health().forget(healthName());
    if (context != null) {
      context.close();
      context = null;
    }
  }

  private static boolean isTemporary(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(TemporarilyUnavailable.class::isInstance);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof RuntimeException && message != null && !message.isBlank()
        ? message
        : cause.toString();
  }
}
