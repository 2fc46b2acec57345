package io.busbar.kernel.time;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One plugin's view of the timers: those still running end with it. */
public final class OwnedScheduler implements Scheduler, AutoCloseable {

  private final Scheduler scheduler;
  private final Set<Owned> running = ConcurrentHashMap.newKeySet();

  public OwnedScheduler(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    Owned owned = new Owned();
    running.add(owned);
    owned.timer =
        scheduler.after(
            delay,
            () -> {
              running.remove(owned);
              task.run();
            });
    return owned;
  }

  @Override
  public Registration every(Duration firstDelay, Duration period, Runnable task) {
    Owned owned = new Owned();
    running.add(owned);
    owned.timer = scheduler.every(firstDelay, period, task);
    return owned;
  }

  @Override
  public void close() {
    running.forEach(Owned::close);
  }

  private final class Owned implements Registration {
    private volatile Registration timer;

    @Override
    public void close() {
      running.remove(this);
      if (timer != null) {
        timer.close();
      }
    }
  }
}
