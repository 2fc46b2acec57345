package io.busbar.kernel.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Health.Status;
import io.busbar.testkit.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that throw, hang or give up, beside one that is fine. */
final class FailingPluginTest {

  private static final String FAILS_UNTIL_ALLOWED =
      """
      int starts = Integer.getInteger("busbar.test.starts", 0) + 1;
      System.setProperty("busbar.test.starts", "" + starts);
      if (!Boolean.getBoolean("busbar.test.may_start")) throw new IllegalStateException("no port");
      """;

  @TempDir private Path base;
  private TestHost kernel;

  @BeforeEach
  void start() throws IOException {
    System.clearProperty("busbar.test.starts");
    System.clearProperty("busbar.test.may_start");
    kernel = new TestHost(base);
    PluginSource.answering("good", "still here").into(kernel.bundled);
    kernel.host.loadBundled(kernel.bundled, Set.of());
    kernel.host.startBundled();
    kernel.host.tellReady();
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(kernel.ask()).isEqualTo("still here");
    kernel.close();
  }

  private void drop(TestJar jar) throws IOException {
    jar.into(kernel.dropIn);
    kernel.look();
  }

  private static int starts() {
    return Integer.getInteger("busbar.test.starts", 0);
  }

  @Test
  void aPluginThatThrowsOnStartIsTriedAgainWithGrowingDelay() throws Exception {
    drop(PluginSource.starting("weak", FAILS_UNTIL_ALLOWED));
    assertThat(kernel.component("plugin:weak").message())
        .isEqualTo("did not start: no port; tried again in 1 s");
    int expected = 1;
    for (int delay : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      kernel.clock.leapSeconds(delay - 1);
      assertThat(starts()).as("before %d s have passed", delay).isEqualTo(expected);
      kernel.clock.leapSeconds(1);
      assertThat(starts()).as("after %d s", delay).isEqualTo(++expected);
    }
    System.setProperty("busbar.test.may_start", "true");
    kernel.clock.leapSeconds(60);
    assertThat(kernel.isUp("weak")).isTrue();
  }

  @Test
  void whatIsAwayForNowKeepsNobodyElseFromStarting() throws Exception {
    try (TestHost other = new TestHost(base.resolve("other"))) {
      PluginSource.answering("good", "still here").into(other.bundled);
      PluginSource.starting(
              "storing",
              """
              if (!Boolean.getBoolean("busbar.test.may_start"))
                throw new TemporarilyUnavailable("no database", null);
              """)
          .into(other.bundled);
      other.host.loadBundled(other.bundled, Set.of());
      other.host.startBundled();

      assertThat(other.ask()).isEqualTo("still here");
      assertThat(other.component("plugin:storing").message())
          .isEqualTo("did not start: no database; tried again in 1 s");
      System.setProperty("busbar.test.may_start", "true");
      other.clock.leapSeconds(1);
      assertThat(other.isUp("storing")).isTrue();
    }
  }

  @Test
  void aRemovedPluginIsNotTriedAgain() throws Exception {
    drop(PluginSource.starting("weak", FAILS_UNTIL_ALLOWED));
    java.nio.file.Files.delete(kernel.dropIn.resolve("weak.jar"));
    kernel.look();
    kernel.clock.leapSeconds(120);
    assertThat(starts()).isEqualTo(1);
    assertThat(kernel.health.report().status()).isEqualTo(Status.UP);
  }

  @Test
  void aPluginThatHangsOnStartIsInterruptedAndGivenUp() throws Exception {
    drop(
        PluginSource.starting(
            "stuck",
            """
            try { new java.util.concurrent.CountDownLatch(1).await(); }
            catch (InterruptedException e) {
              System.setProperty("busbar.test.may_start", "interrupted"); throw e;
            }
            """));
    assertThat(kernel.component("plugin:stuck").status()).isEqualTo(Status.DOWN);
    assertThat(kernel.component("plugin:stuck").message())
        .isEqualTo("hangs on start: interrupted and given up after 1500 ms; not tried again");
    Awaitility.await()
        .until(() -> "interrupted".equals(System.getProperty("busbar.test.may_start")));
  }

  @Test
  void aPluginThatHangsInItsConstructorIsRefused() throws Exception {
    String source =
        PluginSource.entry("", "", "")
            .replace(
                "implements BusbarPlugin {",
                "implements BusbarPlugin { public Entry() throws Exception {"
                    + " new java.util.concurrent.CountDownLatch(1).await(); }");
    drop(TestJar.plugin("stuck").source("test.Entry", source).extension("test.Entry"));
    assertThat(kernel.component("plugin-file:stuck.jar").message()).contains("hangs on start");
  }

  @Test
  void aPluginThatGivesUpIsStoppedAndStartedAgain() throws Exception {
    drop(
        PluginSource.starting(
            "tired",
            """
            System.setProperty("busbar.test.starts",
                "" + (Integer.getInteger("busbar.test.starts", 0) + 1));
            plugin.bus().hear(Topic.of("test.give_up.v1", KernelReady.class),
                event -> plugin.restart(new IllegalStateException("lost its device")));
            """));
    for (int failure = 1; failure <= 3; failure++) {
      giveUp("tired");
      assertThat(kernel.component("plugin:tired").message()).startsWith("failed: lost its device");
      kernel.clock.leapSeconds(1 << (failure - 1));
      assertThat(kernel.isUp("tired")).isTrue();
      assertThat(starts()).isEqualTo(failure + 1);
    }
    kernel.clock.leapSeconds(60);
    giveUp("tired");
    assertThat(kernel.component("plugin:tired").message())
        .as("a minute without failure is forgiven")
        .endsWith("tried again in 1 s");
  }

  private void giveUp(String plugin) {
    kernel.bus.tell(
        io.busbar.api.Topic.of("test.give_up.v1", io.busbar.api.kernel.KernelReady.class),
        new io.busbar.api.kernel.KernelReady(kernel.clock.instant()));
    Awaitility.await().until(() -> !kernel.isUp(plugin));
  }

  @Test
  void bundledPluginsThatDoNotFitAreAllNamedBeforeAnythingStarts() throws Exception {
    try (TestHost other = new TestHost(base.resolve("other"))) {
      PluginSource.answering("one", "a").into(other.bundled);
      PluginSource.answering("two", "b").into(other.bundled);
      PluginSource.jar("three", "", "Topic.of(\"test.unknown.v1\", KernelReady.class)", "")
          .into(other.bundled);
      assertThatThrownBy(() -> other.host.loadBundled(other.bundled, Set.of()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("three requires test.unknown.v1, which no plugin provides")
          .hasMessageContaining("test.echo.v1 is answered by more than one plugin: one, two");
    }
  }
}
