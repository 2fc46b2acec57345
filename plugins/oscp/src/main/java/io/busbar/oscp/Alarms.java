package io.busbar.oscp;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Named timers of one connection; setting one again moves it. They run in its lane. */
final class Alarms {

  /** Timers do not reach further than some centuries; what is later is looked at again. */
  private static final Duration FURTHEST = Duration.ofDays(1);

  private final Scheduler scheduler;
  private final Lane lane;
  private final Map<String, Alarm> alarms = new HashMap<>();
  private boolean closed;

  private record Alarm(Due due, Registration timer) {}

  Alarms(Scheduler scheduler, Lane lane) {
    this.scheduler = scheduler;
    this.lane = lane;
  }

  synchronized void set(String name, Duration delay, Runnable task) {
    clear(name);
    if (closed) {
      return;
    }
    boolean far = delay.compareTo(FURTHEST) > 0;
    Duration wait = far ? FURTHEST : delay.isNegative() ? Duration.ZERO : delay;
    Due due = new Due(name, far ? () -> set(name, delay.minus(FURTHEST), task) : task);
    alarms.put(name, new Alarm(due, scheduler.after(wait, () -> lane.post(due))));
  }

  /**
   * One that was moved while it waited for its turn is not due any more. Once it is, it stays so:
   * what meets a store that is away is done again as it is.
   */
  private final class Due implements Runnable {

    private final String name;
    private final Runnable task;
    private boolean claimed;

    Due(String name, Runnable task) {
      this.name = name;
      this.task = task;
    }

    @Override
    public void run() {
      if (claimed || claim()) {
        task.run();
      }
    }

    private boolean claim() {
      synchronized (Alarms.this) {
        Alarm alarm = alarms.get(name);
        if (alarm != null && alarm.due() == this) {
          alarms.remove(name);
          claimed = true;
        }
        return claimed;
      }
    }
  }

  synchronized void clear(String name) {
    Alarm before = alarms.remove(name);
    if (before != null) {
      before.timer().close();
    }
  }

  /** Clears all, for good. */
  synchronized void close() {
    closed = true;
    alarms.values().forEach(alarm -> alarm.timer().close());
    alarms.clear();
  }

  synchronized boolean isSet(String name) {
    return alarms.containsKey(name);
  }
}
