package io.busbar.kernel.plugins;

import io.busbar.api.Health.Status;
import io.busbar.api.kernel.HealthReport.Component;
import io.busbar.kernel.bus.VertxBus;
import io.busbar.kernel.config.Settings;
import io.busbar.kernel.health.HealthBoard;
import io.busbar.kernel.health.PrometheusMetrics;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.RecordingMetrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A plugin host on real threads whose restarts wait on a clock that leaps. */
final class TestHost implements AutoCloseable {

  static final Duration START_LIMIT = Duration.ofMillis(1500);

  final Path bundled;
  final Path dropIn;
  final LeapClock clock = new LeapClock();
  final Vertx vertx = Vertx.vertx();
  final VertxBus bus = new VertxBus(vertx, new RecordingMetrics());
  final HealthBoard health = new HealthBoard(clock, "test");
  final PluginHost host;
  final DropInFolder folder;

  TestHost(Path base) {
    bundled = folder(base, "bundled");
    dropIn = folder(base, "plugins");
    host =
        new PluginHost(
            new Surroundings(
                new ThreadStage(vertx),
                bus,
                clock,
                clock,
                () -> new Settings(Map.of(), base),
                health,
                new PrometheusMetrics(),
                id -> Optional.empty(),
                base,
                base,
                TestHost::inBackground,
                START_LIMIT));
    folder = new DropInFolder(dropIn, host);
  }

  private static Path folder(Path base, String name) {
    try {
      return Files.createDirectories(base.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * At once, so that tests need not wait; but never on the thread of a plugin, which it may stop.
   */
  private static void inBackground(Runnable task) {
    if (Vertx.currentContext() == null) {
      task.run();
    } else {
      Thread.startVirtualThread(task);
    }
  }

  /** Looks into the watched folder often enough to take a new jar. */
  void look() {
    folder.look();
    folder.look();
  }

  Component component(String name) {
    return health.report().components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError("no component " + name + " in " + health.report().components()));
  }

  boolean isUp(String plugin) {
    return component("plugin:" + plugin).status() == Status.UP;
  }

  String ask() throws Exception {
    return bus.ask(PluginSource.ECHO, new io.busbar.api.kernel.MetricsQuery())
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .text();
  }

  @Override
  public void close() {
    host.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
