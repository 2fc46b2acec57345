package io.busbar.modbus.lane;

import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.ModbusLink;
import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WireException;
import io.busbar.modbus.wire.WireException.Kind;
import io.busbar.modbus.wire.WriteFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection with a thread of its own, which sends one request at a time, the most urgent
 * first. A unit that does not answer is left alone for growing pauses; its neighbours on the same
 * connection go on. What one device does never holds up another lane.
 */
public final class Lane implements AutoCloseable {

  /** Makes connections. */
  @FunctionalInterface
  public interface Connector {
    ModbusLink connect() throws WireException;
  }

  private final LaneRules rules;
  private final Connector connector;
  private final Thread thread;
  private final LaneCounts counts = new LaneCounts();
  private final SplittableRandom random = new SplittableRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final JobQueue queue = new JobQueue();
  private final Map<Integer, Breaker> units = new HashMap<>();
  private final Breaker connecting;
  private volatile ModbusLink link;
  private long connection;
  private long quietUntil;
  private long submitted;
  private boolean closed;

  /**
   * Starts the lane; it connects when there is something to send.
   *
   * @param threads makes its thread, for example {@code Thread.ofVirtual().factory()}
   */
  public Lane(LaneRules rules, Connector connector, ThreadFactory threads) {
    this.rules = rules;
    this.connector = connector;
    this.connecting = new Breaker(rules, random);
    this.quietUntil = System.nanoTime();
    this.thread = threads.newThread(this::serve);
    thread.start();
  }

  /**
   * Puts work into the queue.
   *
   * @param delay not before that much time has passed
   * @param within fails with kind {@code TIMEOUT} when it has not begun that long after the delay
   * @return completed on the lane's thread; fails with a {@link ModbusException}
   */
  public <T> CompletableFuture<T> submit(
      int unit, Priority priority, Duration delay, Duration within, Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    long due = System.nanoTime() + delay.toNanos();
    lock.lock();
    try {
      if (closed) {
        result.completeExceptionally(new WireException(Kind.CLOSED, "the lane is closed"));
        return result;
      }
      units.computeIfAbsent(unit, id -> new Breaker(rules, random));
      queue.add(new Job<>(unit, priority, due, due + within.toNanos(), submitted++, work, result));
      changed.signal();
    } finally {
      lock.unlock();
    }
    return result;
  }

  /** What happened so far. */
  public LaneStatistics statistics() {
    return counts.snapshot();
  }

  private void serve() {
    while (true) {
      Optional<Job<?>> job = await();
      if (job.isEmpty()) {
        drop();
        return;
      }
      run(job.get());
    }
  }

  /** The next job; empty when the lane is closed. */
  private Optional<Job<?>> await() {
    while (true) {
      List<Job<?>> expired;
      lock.lock();
      try {
        long now = System.nanoTime();
        expired = closed ? queue.takeAll() : queue.takeExpired(now);
        if (expired.isEmpty()) {
          Optional<Job<?>> next = queue.take(now, null, unit -> isReachable((int) unit, now));
          if (closed || next.isPresent()) {
            return next;
          }
          pause(queue.idleNanos(now, this::reachableAt));
        }
      } finally {
        lock.unlock();
      }
      expired.forEach(this::giveUp);
    }
  }

  private void pause(long nanos) {
    try {
      changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // close() wakes the lane like this; it looks for itself.
    }
  }

  private boolean isReachable(int unit, long now) {
    return connecting.allows(now) && units.get(unit).allows(now);
  }

  private long reachableAt(Job<?> job) {
    Breaker unit = units.get(job.unit());
    long connects = connecting.failures() == 0 ? job.dueAt() : connecting.opensAt();
    long answers = unit.failures() == 0 ? job.dueAt() : unit.opensAt();
    return connects - answers > 0 ? connects : answers;
  }

  private void giveUp(Job<?> job) {
    job.result()
        .completeExceptionally(
            new WireException(Kind.TIMEOUT, "unit " + job.unit() + " could not be asked in time"));
  }

  private <T> void run(Job<T> job) {
    try {
      T result = job.work().run(new Turn(job.unit(), job.priority()));
      answered(job.unit());
      job.result().complete(result);
    } catch (ModbusException e) {
      failed(job.unit(), e);
      job.result().completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      drop();
      job.result().completeExceptionally(e);
    }
  }

  private void answered(int unit) {
    lock.lock();
    try {
      units.get(unit).succeeded();
    } finally {
      lock.unlock();
    }
  }

  /** An exception is an answer, unless a gateway gives it for a unit that gives none. */
  private void failed(int unit, ModbusException failure) {
    lock.lock();
    try {
      boolean silent =
          switch (failure) {
            case DeviceException device -> device.isOfTheUnit();
            case WireException wire -> wire.kind() != Kind.NOT_CONNECTED;
          };
      if (silent) {
        units.get(unit).failed(System.nanoTime());
      } else if (failure instanceof DeviceException) {
        units.get(unit).succeeded();
      }
    } finally {
      lock.unlock();
    }
  }

  private ModbusLink link() throws WireException {
    if (link == null) {
      try {
        link = connector.connect();
        connection++;
        counts.connection();
        connecting.succeeded();
      } catch (WireException e) {
        counts.failure(e);
        lock.lock();
        try {
          connecting.failed(System.nanoTime());
        } finally {
          lock.unlock();
        }
        throw e;
      }
    }
    return link;
  }

  private void drop() {
    ModbusLink old = link;
    link = null;
    if (old != null) {
      old.close();
    }
  }

  /** Lets more urgent work go first, then waits until the device may be asked again. */
  private void pace(Priority own) throws WireException {
    boolean more = true;
    while (more) {
      Optional<Job<?>> urgent;
      lock.lock();
      try {
        long now = System.nanoTime();
        urgent = queue.take(now, own, unit -> isReachable((int) unit, now));
      } finally {
        lock.unlock();
      }
      urgent.ifPresent(this::run);
      more = urgent.isPresent();
    }
    sleepUntil(quietUntil);
  }

  private static void sleepUntil(long nanoTime) throws WireException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException(Kind.CLOSED, "the lane is closed", e);
    }
  }

  private Duration timeout(int unit) {
    lock.lock();
    try {
      Breaker breaker = units.get(unit);
      boolean probing = units.size() > 1 && breaker != null && breaker.failures() > 0;
      return probing ? rules.probeTimeout() : rules.requestTimeout();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    drop();
    thread.interrupt();
  }

  @FunctionalInterface
  private interface Call<T> {
    T on(ModbusLink link, Duration within) throws ModbusException;
  }

  /** One job's requests. */
  private final class Turn implements Exchange {

    private final int unit;
    private final Priority priority;

    Turn(int unit, Priority priority) {
      this.unit = unit;
      this.priority = priority;
    }

    @Override
    public int[] read(Space space, int address, int count) throws ModbusException {
      return request((on, within) -> on.read(unit, space, address, count, within));
    }

    @Override
    public void write(int address, int[] words, WriteFunction function) throws ModbusException {
      request(
          (on, within) -> {
            on.write(unit, address, words, function, within);
            return words;
          });
    }

    private <T> T request(Call<T> call) throws ModbusException {
      pace(priority);
      ModbusLink on = link();
      counts.request();
      try {
        return call.on(on, timeout(unit));
      } catch (ModbusException e) {
        counts.failure(e);
        if (e instanceof WireException) {
          drop();
        }
        throw e;
      } finally {
        quietUntil = System.nanoTime() + rules.gap().toNanos();
      }
    }

    @Override
    public Exchange at(int other) {
      return other == unit ? this : new Turn(other, priority);
    }

    @Override
    public long connection() throws ModbusException {
      pace(priority);
      link();
      return connection;
    }

    @Override
    public void renew() {
      drop();
    }
  }
}
