package io.busbar.oscp;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Named timers of one connection; setting one again moves it. They run in its lane. */
final class Alarms {

  private final Scheduler scheduler;
  private final Lane lane;
  private final Map<String, Alarm> alarms = new HashMap<>();

  private record Alarm(Object identity, Registration timer) {}

  Alarms(Scheduler scheduler, Lane lane) {
    this.scheduler = scheduler;
    this.lane = lane;
  }

  synchronized void set(String name, Duration delay, Runnable task) {
    clear(name);
    Object identity = new Object();
    Duration wait = delay.isNegative() ? Duration.ZERO : delay;
    Registration timer = scheduler.after(wait, () -> lane.post(() -> fire(name, identity, task)));
    alarms.put(name, new Alarm(identity, timer));
  }

  /** One that was moved while it waited for its turn is not due any more. */
  private void fire(String name, Object identity, Runnable task) {
    synchronized (this) {
      Alarm alarm = alarms.get(name);
      if (alarm == null || alarm.identity() != identity) {
        return;
      }
      alarms.remove(name);
    }
    task.run();
  }

  synchronized void clear(String name) {
    Alarm before = alarms.remove(name);
    if (before != null) {
      before.timer().close();
    }
  }

  synchronized void clearAll() {
    alarms.values().forEach(alarm -> alarm.timer().close());
    alarms.clear();
  }

  synchronized boolean isSet(String name) {
    return alarms.containsKey(name);
  }
}
