package io.busbar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.kernel.HealthQuery;
import io.busbar.api.kernel.HealthReport;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.MetricsQuery;
import io.busbar.kernel.config.Settings;
import io.busbar.kernel.plugins.PluginSource;
import io.busbar.kernel.plugins.Refusal;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole kernel with plugins it has never seen, without a database. */
final class KernelTest {

  private static final String LOADER = "busbar.test.loader";

  /** Uses threads, timers, meters, health and a server: whatever could keep a class loader. */
  private static final String BUSY =
      """
      System.getProperties().put("busbar.test.loader",
          new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
      plugin.bus().answer(%s, q -> new MetricsText("busy"));
      plugin.bus().hear(KernelAddresses.READY, ready -> plugin.health().report("part",
          Health.Status.UP, "told at " + ready.at()));
      plugin.scheduler().every(Duration.ofMillis(5), Duration.ofMillis(5),
          () -> plugin.metrics().counter("ticks", "Ticks").add(1));
      plugin.metrics().gauge("size", "Size", () -> 42);
      vertx.setPeriodic(5, id -> {});
      vertx.executeBlocking(() -> "worker").await();
      vertx.createHttpServer().requestHandler(r -> r.response().end("x"))
          .listen(0, "127.0.0.1").await();
      """
          .formatted(PluginSource.ECHO_SOURCE);

  @TempDir private Path root;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    for (String folder : new String[] {"config", "bundled", "plugins"}) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve("config/busbar.yaml"), "database: {url: none}\n");
    installation = new Installation(root, root.resolve("bundled"), root);
  }

  private Kernel run(double speed) {
    return Kernel.run(
        installation,
        () -> new Settings(Map.of(), root.resolve("config")).add(root.resolve("config")),
        root.resolve("data"),
        speed);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private static HealthReport health(Kernel kernel) throws Exception {
    return await(kernel.surroundings().bus().ask(KernelAddresses.HEALTH, new HealthQuery()));
  }

  private static String echo(Kernel kernel) throws Exception {
    return await(kernel.surroundings().bus().ask(PluginSource.ECHO, new MetricsQuery())).text();
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable check) {
    Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions().untilAsserted(check);
  }

  @Test
  void aDroppedInPluginRunsUntilItsJarIsRemovedAndThenLeavesNothingBehind() throws Exception {
    try (Kernel kernel = run(1)) {
      assertThat(health(kernel).ready()).isTrue();
      Path jar =
          PluginSource.jar("busy", PluginSource.ECHO_SOURCE, "", BUSY)
              .into(root.resolve("plugins"));
      eventually(() -> assertThat(echo(kernel)).isEqualTo("busy"));
      eventually(() -> assertThat(metrics(kernel)).contains("busbar_ticks_total"));
      eventually(() -> assertThat(health(kernel).toString()).contains("plugin:busy/part"));
      assertThat(metrics(kernel)).contains("busbar_plugin_up{plugin=\"busy\"} 1.0");
      Files.delete(jar);
      eventually(() -> assertThat(health(kernel).toString()).doesNotContain("busy"));
      assertThatThrownBy(() -> echo(kernel)).hasMessageContaining("nobody answers");
      assertThat(metrics(kernel)).doesNotContain("busbar_ticks", "busbar_size", "busy");
      assertCollected();
    }
  }

  private static String metrics(Kernel kernel) throws Exception {
    return await(kernel.surroundings().bus().ask(KernelAddresses.METRICS, new MetricsQuery()))
        .text();
  }

  private static void assertCollected() {
    WeakReference<?> loader = (WeakReference<?>) System.getProperties().remove(LOADER);
    Awaitility.await("the plugin's class loader to be collected")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
  }

  @Test
  void aSecondBusbarOnTheSameDataIsRefused() {
    try (Kernel kernel = run(1)) {
      assertThat(kernel.surroundings()).isNotNull();
      assertThatThrownBy(() -> run(1).close())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("in use by another Busbar");
    }
    run(1).close();
  }

  @Test
  void pluginsJoinAndAnswerInPacedVirtualTimeToo() throws Exception {
    try (Kernel kernel = run(50)) {
      PluginSource.jar("busy", PluginSource.ECHO_SOURCE, "", BUSY).into(root.resolve("plugins"));
      eventually(() -> assertThat(echo(kernel)).isEqualTo("busy"));
      eventually(() -> assertThat(metrics(kernel)).contains("busbar_ticks_total"));
    }
    try (Kernel kernel = run(Double.POSITIVE_INFINITY)) {
      eventually(() -> assertThat(echo(kernel)).isEqualTo("busy"));
    }
  }

  @Test
  void wrongSettingsOfABundledPluginAreSaidBeforeAnythingStarts() throws Exception {
    PluginSource.starting("strict", "System.setProperty(\"busbar.test.started\", \"yes\");")
        .file("config.schema.json", "{\"type\": \"object\", \"additionalProperties\": false}")
        .into(root.resolve("bundled"));
    Files.writeString(root.resolve("config/strict.yaml"), "# a comment\nspeling: 1\n");
    Files.writeString(root.resolve("config/busbar.yaml"), "database: {url: embedded}\n");
    assertThatThrownBy(() -> run(1).close()).hasMessageContaining("strict.yaml:2: speling: ");
    assertThat(System.getProperty("busbar.test.started")).isNull();
    assertThat(root.resolve("data/postgres")).doesNotExist();
  }
}
