package io.busbar.virtual;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A clock that moves only when told, and the timers that hang from it. Timers fire in order of
 * their time, then of their making; everything a timer causes is done before time moves on. Whoever
 * {@linkplain #advance advances} it runs all of it, on one thread; what other threads {@linkplain
 * #post post} waits for that thread, or runs at once when nobody is driving.
 */
public class VirtualTime extends Clock implements Scheduler {

  private final ReentrantLock driving = new ReentrantLock();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final Consumer<Throwable> onFault;
  private final Instant start;
  private long sequence;
  private volatile Instant now;

  /**
   * @param start the time at the beginning
   * @param onFault told what a task threw; the others go on
   */
  public VirtualTime(Instant start, Consumer<Throwable> onFault) {
    this.start = start;
    this.now = start;
    this.onFault = onFault;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("virtual time is UTC");
  }

  /** Moves on by a duration (≥ 0). See {@link #advanceTo}. */
  public void advance(Duration by) {
    advanceTo(now.plus(by));
  }

  /**
   * Moves on to an instant, firing every timer due until then, that instant included.
   *
   * @throws IllegalArgumentException if that instant has passed
   */
  public void advanceTo(Instant target) {
    driving.lock();
    try {
      if (target.isBefore(now)) {
        throw new IllegalArgumentException("time is at " + now + ", cannot go back to " + target);
      }
      runPosted();
      while (!timers.isEmpty() && !timers.peek().due.isAfter(target)) {
        Timer timer = timers.poll();
        if (!timer.cancelled) {
          now = timer.due;
          timer.again();
          run(timer.task);
          runPosted();
        }
      }
      now = target;
    } finally {
      driving.unlock();
    }
    drain();
  }

  /** Runs a task at the present instant, after what is running now. */
  public void post(Runnable task) {
    posted.add(task);
    if (!driving.isHeldByCurrentThread()) {
      drain();
    }
  }

  /** Whether the calling thread is the one that runs everything at this moment. */
  public boolean isDriving() {
    return driving.isHeldByCurrentThread();
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    return schedule(delay, null, task);
  }

  @Override
  public Registration every(Duration firstDelay, Duration period, Runnable task) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period " + period + ": expected more than 0");
    }
    return schedule(firstDelay, period, task);
  }

  /** Time since the beginning. */
  @Override
  public Duration elapsed() {
    return Duration.between(start, now);
  }

  private Registration schedule(Duration delay, Duration period, Runnable task) {
    driving.lock();
    try {
      Timer timer = new Timer(now.plus(delay.isNegative() ? Duration.ZERO : delay), period, task);
      timers.add(timer);
      return () -> timer.cancelled = true;
    } finally {
      driving.unlock();
    }
  }

  /** Runs what was posted unless another thread is at it, which then sees what is left. */
  private void drain() {
    while (!posted.isEmpty() && driving.tryLock()) {
      try {
        runPosted();
      } finally {
        driving.unlock();
      }
    }
  }

  private void runPosted() {
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      run(task);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      onFault.accept(e);
    }
  }

  private final class Timer implements Comparable<Timer> {
    private final Duration period;
    private final Runnable task;
    private Instant due;
    private long order = sequence++;
    private volatile boolean cancelled;

    Timer(Instant due, Duration period, Runnable task) {
      this.due = due;
      this.period = period;
      this.task = task;
    }

    void again() {
      if (period != null) {
        due = due.plus(period);
        order = sequence++;
        timers.add(this);
      }
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
