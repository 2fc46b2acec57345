package io.busbar.kernel.time;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import io.busbar.kernel.bus.Leases;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One plugin's view of the timers: those still running end with it. */
public final class OwnedScheduler implements Scheduler, AutoCloseable {

  private final Scheduler scheduler;
  private final Leases timers = new Leases();

  public OwnedScheduler(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    CompletableFuture<Registration> lease = new CompletableFuture<>();
    Runnable once =
        () -> {
          lease.thenAccept(Registration::close);
          task.run();
        };
    Registration timer = timers.hold(() -> scheduler.after(delay, once));
    lease.complete(timer);
    return timer;
  }

  @Override
  public Registration every(Duration firstDelay, Duration period, Runnable task) {
    return timers.hold(() -> scheduler.every(firstDelay, period, task));
  }

  @Override
  public Duration elapsed() {
    return scheduler.elapsed();
  }

  @Override
  public void close() {
    timers.close();
  }
}
