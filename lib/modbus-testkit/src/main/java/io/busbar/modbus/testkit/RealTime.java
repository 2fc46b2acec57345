package io.busbar.modbus.testkit;

import io.busbar.testkit.LeapClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a leap clock go with the real time, as tests with sockets need it. */
public final class RealTime {

  private static final int STEP_MILLIS = 10;

  private RealTime() {}

  /**
   * Lets time pass until something holds.
   *
   * @return whether it did within that time
   */
  public static boolean eventually(LeapClock clock, Duration within, BooleanSupplier holds) {
    long begin = System.nanoTime();
    long before = begin;
    while (!holds.getAsBoolean()) {
      long now = System.nanoTime();
      if (now - begin > within.toNanos()) {
        return false;
      }
      clock.advance(Duration.ofNanos(now - before));
      before = now;
      pause();
    }
    return true;
  }

  private static void pause() {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, STEP_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }
}
