package io.busbar.api;

import java.time.Duration;

/**
 * Timers of the kernel's clock. Tasks run on the verticle's context that scheduled them; in virtual
 * time they fire in order, each finished before time moves on.
 */
public interface Scheduler {

  /** Runs the task once after the delay (≥ 0). */
  Registration after(Duration delay, Runnable task);

  /**
   * Runs the task every period (&gt; 0), first after {@code firstDelay}. A run that is still going
   * when the next is due makes that next one late, never concurrent.
   */
  Registration every(Duration firstDelay, Duration period, Runnable task);

  /**
   * Time since some fixed instant. Never falls, and knows nothing of a clock that is set: what has
   * to last for so long is measured by this.
   */
  Duration elapsed();
}
