package io.busbar.kernel.time;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers of the wall clock. Tasks run on the context that made them; periods do not drift. */
public final class VertxScheduler implements Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(VertxScheduler.class);

  private final Vertx vertx;
  private final LongSupplier nanoTime;

  public VertxScheduler(Vertx vertx) {
    this(vertx, System::nanoTime);
  }

  VertxScheduler(Vertx vertx, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    return new Timer(vertx.getOrCreateContext(), Duration.ZERO, task).arm(delay.toNanos());
  }

  @Override
  public Registration every(Duration firstDelay, Duration period, Runnable task) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period " + period + ": expected more than 0");
    }
    return new Timer(vertx.getOrCreateContext(), period, task).arm(firstDelay.toNanos());
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong());
  }

  private final class Timer implements Registration {
    private final Context context;
    private final long periodNanos;
    private final Runnable task;
    private long dueNanos;
    private volatile boolean closed;
    private volatile long timerId;

    Timer(Context context, Duration period, Runnable task) {
      this.context = context;
      this.periodNanos = period.toNanos();
      this.task = task;
    }

    Timer arm(long delayNanos) {
      dueNanos = nanoTime.getAsLong() + delayNanos;
      schedule(delayNanos);
      return this;
    }

    private void schedule(long nanos) {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
      timerId = vertx.setTimer(millis, id -> context.runOnContext(fired -> fire()));
    }

    private void fire() {
      if (closed) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.warn("a scheduled task threw", e);
      }
      if (periodNanos > 0 && !closed) {
        long now = nanoTime.getAsLong();
        dueNanos += periodNanos * Math.max(1, (now - dueNanos) / periodNanos);
        schedule(dueNanos - now);
      }
    }

    @Override
    public void close() {
      closed = true;
      vertx.cancelTimer(timerId);
    }
  }
}
