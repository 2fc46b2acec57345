package io.busbar.balancing;

import io.busbar.api.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.BiConsumer;

/**
 * A clock that notices when it is set. Whoever remembers instants is told how far it jumped before
 * anybody sees the new time.
 */
final class SteadyClock extends Clock {

  /** Less is a matter of accuracy. */
  private static final Duration LEAST_JUMP = Duration.ofSeconds(1);

  private final Clock clock;
  private final Scheduler scheduler;
  private final BiConsumer<Duration, Instant> onJump;
  private Instant seen;
  private Duration seenAt;

  /**
   * @param onJump told how far the clock jumped, forwards positive, and the new time
   */
  SteadyClock(Clock clock, Scheduler scheduler, BiConsumer<Duration, Instant> onJump) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.onJump = onJump;
    this.seen = clock.instant();
    this.seenAt = scheduler.elapsed();
  }

  @Override
  public Instant instant() {
    Instant now = clock.instant();
    Duration jump = Duration.between(seen.plus(scheduler.elapsed().minus(seenAt)), now);
    if (jump.abs().compareTo(LEAST_JUMP) >= 0) {
      seen = now;
      seenAt = scheduler.elapsed();
      onJump.accept(jump, now);
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.withZone(zone);
  }
}
