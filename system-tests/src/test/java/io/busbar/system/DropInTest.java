package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.Bus;
import io.busbar.testkit.RealData;
import io.busbar.testkit.TestJar;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that come and go while the demo runs: a good one, and four that are not. */
class DropInTest {

  private static final String BROKEN =
      """
      package broken;
      import io.busbar.api.*; import io.vertx.core.*; import java.util.*;
      public final class %s implements BusbarPlugin {
        public Set<Address> provides() { return Set.of(); }
        public Set<Address> requires() { return %s; }
        public List<Verticle> verticles(PluginContext context) {
          return List.of(new AbstractVerticle() {
            @Override public void start() throws Exception { %s }
          });
        }
      }
      """;

  @TempDir Path data;
  @TempDir Path plugins;

  @Test
  @Verifies({"KN-02", "KN-03", "KN-06"})
  void the_example_joins_and_leaves_and_bad_jars_are_named_while_all_else_goes_on()
      throws Exception {
    try (RunningBusbar busbar =
        RunningBusbar.demo(
            data,
            "--set",
            "busbar.plugins.folder=" + plugins,
            "--set",
            "busbar.plugins.start_timeout_seconds=20")) {
      Path example = example();
      within5Seconds("the example joins", () -> up(busbar, "plugin:curtailment-counter"));
      Awaitility.await("its meter")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  busbar.send("GET", "/metrics", null).body().contains("busbar_curtailed_cycles"));

      broken("throws", "Throws", "Set.of()", "throw new IllegalStateException(\"no luck\");");
      broken("hangs", "Hangs", "Set.of()", "new java.util.concurrent.CountDownLatch(1).await();");
      broken(
          "wants", "Wants",
          "Set.of(Topic.of(\"nobody.tells_this.v1\", String.class))", "");
      TestJar.plugin("greedy")
          .source("broken.Greedy", BROKEN.formatted("Greedy", "Set.of()", ""))
          .extension("broken.Greedy")
          .bundle(Bus.class)
          .into(plugins);
      named(busbar, "throws", "no luck");
      named(busbar, "hangs", "hang");
      named(busbar, "wants", "nobody.tells_this.v1");
      named(busbar, "greedy", "io.busbar.api");

      assertThat(up(busbar, "plugin:balancing")).isTrue();
      assertThat(up(busbar, "plugin:curtailment-counter")).isTrue();
      Files.delete(example);
      within5Seconds(
          "the example leaves", () -> find(busbar, "plugin:curtailment-counter") == null);
    }
  }

  private Path example() throws IOException {
    Path folder = RealData.repository().resolve("docs/examples/curtailment-counter/src/main");
    String name = "org.example.busbar.CurtailmentCounter";
    TestJar jar = TestJar.plugin("curtailment-counter").extension(name + "Plugin");
    for (String type : new String[] {name + "Plugin", name + "Verticle"}) {
      jar.source(
          type, Files.readString(folder.resolve("java/" + type.replace('.', '/') + ".java")));
    }
    return jar.file(
            "config.schema.json", Files.readString(folder.resolve("resources/config.schema.json")))
        .into(plugins);
  }

  private void broken(String id, String type, String requires, String start) throws IOException {
    TestJar.plugin(id)
        .source("broken." + type, BROKEN.formatted(type, requires, start))
        .extension("broken." + type)
        .into(plugins);
  }

  private static void named(RunningBusbar busbar, String id, String why) {
    Awaitility.await(id + " is named with " + why)
        .atMost(Duration.ofSeconds(45))
        .until(
            () -> {
              for (JsonNode component : busbar.get("/health").get("components")) {
                if (component.get("name").asText().contains(id)
                    && component.get("message").asText().contains(why)) {
                  return true;
                }
              }
              return false;
            });
    assertThat(busbar.output()).anyMatch(line -> line.contains(id) && line.contains(why));
  }

  private static boolean up(RunningBusbar busbar, String name)
      throws IOException, InterruptedException {
    JsonNode component = find(busbar, name);
    return component != null && component.get("status").asText().equals("UP");
  }

  private static JsonNode find(RunningBusbar busbar, String name)
      throws IOException, InterruptedException {
    for (JsonNode component : busbar.get("/health").get("components")) {
      if (component.get("name").asText().equals(name)) {
        return component;
      }
    }
    return null;
  }

  private static void within5Seconds(String what, java.util.concurrent.Callable<Boolean> holds) {
    Awaitility.await(what).atMost(Duration.ofSeconds(5)).until(holds);
  }
}
