package io.busbar.oscp;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import java.time.Duration;
import java.time.Instant;

/** Notices that the clock was set: deadlines do not follow it, but operators should know. */
final class ClockWatch {

  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final PluginContext context;
  private final Runnable jumped;
  private Instant wall;
  private Duration elapsed;

  ClockWatch(PluginContext context, Runnable jumped) {
    this.context = context;
    this.jumped = jumped;
    remember();
  }

  void open() {
    remember();
    context.scheduler().every(PERIOD, PERIOD, this::look);
  }

  private void remember() {
    wall = context.clock().instant();
    elapsed = context.scheduler().elapsed();
  }

  private void look() {
    Duration byWall = Duration.between(wall, context.clock().instant());
    Duration jump = byWall.minus(context.scheduler().elapsed().minus(elapsed));
    remember();
    if (jump.abs().compareTo(TOLERATED) > 0) {
      context
          .health()
          .report(
              "clock",
              Health.Status.DEGRADED,
              "the clock was set by %d s; see whether NTP runs".formatted(jump.toSeconds()));
      jumped.run();
    }
  }
}
