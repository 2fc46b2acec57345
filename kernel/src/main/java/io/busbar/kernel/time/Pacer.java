package io.busbar.kernel.time;

import io.busbar.virtual.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Drives virtual time along the wall clock, so many times as fast, or as fast as it goes. */
public final class Pacer implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration STRIDE = Duration.ofSeconds(1);
  private static final long NAP_NANOS = 5_000_000;

  private final VirtualTime time;
  private final double speed;
  private volatile boolean running;
  private Thread thread;

  /**
   * @param speed virtual seconds per second; infinite for as fast as it goes
   */
  public Pacer(VirtualTime time, double speed) {
    this.time = time;
    this.speed = speed;
  }

  /** Drives nothing. */
  public static Pacer none() {
    return new Pacer(null, 0);
  }

  public void start() {
    if (time != null) {
      running = true;
      thread = Thread.ofVirtual().name("pacer").start(this::drive);
    }
  }

  private void drive() {
    Instant from = time.instant();
    long began = System.nanoTime();
    while (running) {
      if (Double.isInfinite(speed)) {
        time.advance(STRIDE);
        Thread.yield();
      } else {
        Instant due = from.plusNanos((long) ((System.nanoTime() - began) * speed));
        while (running && time.instant().isBefore(due)) {
          Instant step = time.instant().plus(STEP);
          time.advanceTo(step.isBefore(due) ? step : due);
        }
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  @Override
  public void close() {
    running = false;
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
