package io.busbar.kernel.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Bus;
import io.busbar.api.Health.Status;
import io.busbar.testkit.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars put into the watched folder of a running host, well-formed or not. */
final class DroppedInTest {

  @TempDir private Path base;
  private TestHost kernel;

  @BeforeEach
  void start() {
    kernel = new TestHost(base);
    kernel.host.loadBundled(kernel.bundled, java.util.Set.of());
    kernel.host.startBundled();
    kernel.host.tellReady();
  }

  @AfterEach
  void stop() {
    kernel.close();
  }

  private void drop(TestJar jar) throws IOException {
    jar.into(kernel.dropIn);
    kernel.look();
  }

  /** Whatever else happens, a plugin that is fine keeps answering. */
  private void dropGoodOne() throws IOException {
    drop(PluginSource.answering("good", "still here"));
  }

  private String refusal(String file) {
    var component = kernel.component("plugin-file:" + file);
    assertThat(component.status()).isEqualTo(Status.DOWN);
    return component.message();
  }

  @Test
  void aJarThatKnowsOnlyTheApiJoinsAndAnswers() throws Exception {
    dropGoodOne();
    assertThat(kernel.ask()).isEqualTo("still here");
    assertThat(kernel.isUp("good")).isTrue();
  }

  @Test
  void oneThatJoinsLateIsToldThatAskingIsAllowed() throws Exception {
    drop(
        PluginSource.jar(
            "late",
            PluginSource.ECHO_SOURCE,
            "",
            """
            plugin.bus().hear(KernelAddresses.READY, ready ->
                plugin.bus().answer(%s, q -> new MetricsText("was told")));
            """
                .formatted(PluginSource.ECHO_SOURCE)));
    org.awaitility.Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(kernel.ask()).isEqualTo("was told"));
  }

  @Test
  void removalUndoesWhatThePluginRegistered() throws Exception {
    dropGoodOne();
    Files.delete(kernel.dropIn.resolve("good.jar"));
    kernel.look();
    assertThatThrownBy(kernel::ask).hasMessageContaining("nobody answers at test.echo.v1");
    assertThat(kernel.health.report().components()).isEmpty();
  }

  @Test
  void aReplacedJarTakesThePlaceOfTheOldOne() throws Exception {
    dropGoodOne();
    drop(PluginSource.answering("good", "the new one, longer"));
    assertThat(kernel.ask()).isEqualTo("the new one, longer");
  }

  @Test
  void aJarStillBeingCopiedIsLeftAloneUntilItIsWhole() throws Exception {
    Path whole = PluginSource.answering("good", "whole").into(base);
    byte[] bytes = Files.readAllBytes(whole);
    Path target = kernel.dropIn.resolve("good.jar");
    Files.write(target, Arrays.copyOf(bytes, bytes.length / 2));
    kernel.folder.look();
    assertThat(kernel.health.report().components()).isEmpty();
    kernel.folder.look();
    assertThat(refusal("good.jar")).contains("not a readable jar");
    Files.write(target, bytes);
    kernel.look();
    assertThat(kernel.ask()).isEqualTo("whole");
    assertThat(kernel.health.report().status()).isEqualTo(Status.UP);
  }

  @Test
  void aJarThatBundlesTheApiIsToldWhatToDo() throws Exception {
    dropGoodOne();
    drop(PluginSource.answering("greedy", "never").bundle(Bus.class));
    assertThat(refusal("greedy.jar"))
        .contains("carries its own copy of io.busbar.api", "scope 'provided'");
    assertThat(kernel.ask()).isEqualTo("still here");
  }

  @Test
  void aSecondAnswererOfTheSameAddressIsRefused() throws Exception {
    dropGoodOne();
    drop(PluginSource.answering("rival", "never"));
    assertThat(refusal("rival.jar"))
        .contains("test.echo.v1 is answered by more than one plugin: good, rival");
    assertThat(kernel.ask()).isEqualTo("still here");
  }

  @Test
  void aRequirementThatNobodyProvidesIsNamed() throws Exception {
    dropGoodOne();
    drop(PluginSource.jar("needy", "", "Topic.of(\"test.unknown.v1\", KernelReady.class)", ""));
    assertThat(refusal("needy.jar")).contains("needy requires test.unknown.v1");
    assertThat(kernel.ask()).isEqualTo("still here");
  }

  @Test
  void aJarWithoutEntryPointIsAnErrorNotSilence() throws Exception {
    drop(TestJar.plugin("empty").source("test.Nothing", "package test; public class Nothing {}"));
    assertThat(refusal("empty.jar")).contains("expected exactly one entry point", "found none");
  }

  @Test
  void aJarWithTwoEntryPointsIsRefused() throws Exception {
    drop(PluginSource.answering("two", "never").extension("test.Entry\ntest.Other"));
    assertThat(refusal("two.jar")).contains("expected exactly one entry point", "test.Other");
  }

  @Test
  void anEntryPointThatCannotBeMadeIsNamedWithItsReason() throws Exception {
    String source =
        PluginSource.entry("", "", "")
            .replace("implements BusbarPlugin {", "implements BusbarPlugin { Entry(int n) {}");
    drop(TestJar.plugin("shy").source("test.Entry", source).extension("test.Entry"));
    assertThat(refusal("shy.jar")).contains("entry point");
  }

  @Test
  void aPluginMayOnlyAnswerWhatItSaysItProvides() throws Exception {
    drop(
        PluginSource.starting(
            "sly",
            "plugin.bus().answer(%s, q -> new MetricsText(\"\"));"
                .formatted(PluginSource.ECHO_SOURCE)));
    assertThat(kernel.component("plugin:sly").message())
        .contains("answers test.echo.v1, which its provides() does not name");
  }

  @Test
  void whatIsExtraMakesTheWholeDegradedAtWorst() throws Exception {
    dropGoodOne();
    drop(PluginSource.answering("rival", "never"));
    assertThat(kernel.health.report().status()).isEqualTo(Status.DEGRADED);
  }
}
