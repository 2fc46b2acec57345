package io.busbar.envelope;

import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs the plugin beside a depot. */
abstract class EnvelopeFixture {

  @TempDir Path folder;
  FakeContext context;
  PluginHarness harness;
  Depot depot;

  @BeforeEach
  void start() {
    context = context();
    depot = new Depot(context.bus());
    harness = PluginHarness.start(new EnvelopePlugin(), context);
    Awaitility.await().ignoreExceptions().until(() -> depot.look() != null);
  }

  FakeContext context() {
    return FakeContext.of("envelope", new JsonObject().put("stale_after_seconds", 604_800), folder);
  }

  /** What is stored in the background is stored, and told. */
  void settle() {}

  @AfterEach
  void stop() {
    harness.close();
  }

  /** Time passes, and what is due by then is done. */
  void leap(Duration duration) {
    context.clock().advance(duration);
    settle();
  }
}
