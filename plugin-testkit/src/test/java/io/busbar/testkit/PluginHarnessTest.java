package io.busbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.busbar.api.kernel.KernelAddresses;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Verticle;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHarnessTest {

  record Tick(int n) {}

  record Count() {}

  private static final Topic<Tick> TICK = Topic.of("test.tick.v1", Tick.class);
  private static final Request<Count, Tick> COUNT =
      Request.of("test.count.v1", Count.class, Tick.class);

  /** Ticks every second from ready on and answers how often it did. */
  record Ticker() implements BusbarPlugin {
    @Override
    public Set<Address> provides() {
      return Set.of(TICK, COUNT);
    }

    @Override
    public Set<Address> requires() {
      return Set.of();
    }

    @Override
    public List<Verticle> verticles(PluginContext context) {
      return List.of(new TickerVerticle(context));
    }
  }

  static final class TickerVerticle extends AbstractVerticle {
    private final PluginContext busbar;
    private int ticks;

    TickerVerticle(PluginContext busbar) {
      this.busbar = busbar;
    }

    @Override
    public void start() {
      if (busbar.config().getBoolean("broken", false)) {
        throw new IllegalStateException("told to break");
      }
      Duration second = Duration.ofSeconds(1);
      busbar.bus().answer(COUNT, count -> new Tick(ticks));
      busbar
          .bus()
          .hear(
              KernelAddresses.READY, ready -> busbar.scheduler().every(second, second, this::tick));
    }

    private void tick() {
      busbar.bus().tell(TICK, new Tick(++ticks));
    }
  }

  @TempDir Path folder;

  @Test
  void a_plugin_runs_on_leaping_time_and_what_it_tells_is_remembered() {
    FakeContext context = FakeContext.of("ticker", new JsonObject(), folder);
    try (PluginHarness harness = PluginHarness.start(new Ticker(), context)) {
      context.clock().leapSeconds(3);
      assertThat(context.bus().told(TICK)).containsExactly(new Tick(1), new Tick(2), new Tick(3));
      assertThat(context.bus().ask(COUNT, new Count()).result()).isEqualTo(new Tick(3));
      assertThat(harness.vertx().deploymentIDs()).hasSize(1);
    }
  }

  @Test
  void a_plugin_that_does_not_start_fails_the_test_with_its_reason() {
    FakeContext context = FakeContext.of("ticker", new JsonObject().put("broken", true), folder);
    assertThatThrownBy(() -> PluginHarness.start(new Ticker(), context))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("told to break");
  }
}
