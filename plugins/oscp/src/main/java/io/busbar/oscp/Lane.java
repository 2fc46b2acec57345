package io.busbar.oscp;

import io.busbar.api.Scheduler;
import io.busbar.api.TemporarilyUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing after the other, each to its end, waiting for the database included. Without a database
 * whoever comes first does it at once, so that virtual time stays in order.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Consumer<Runnable> runner;
  private final Scheduler scheduler;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean closed;

  /**
   * A lane.
   *
   * @param runner runs what works through the queue, now or later
   * @param scheduler runs again what could not be stored
   */
  Lane(Consumer<Runnable> runner, Scheduler scheduler) {
    this.runner = runner;
    this.scheduler = scheduler;
  }

  /** Does something when everything before it is done. */
  <T> Future<T> run(Callable<T> work) {
    Promise<T> done = Promise.promise();
    waiting.add(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    begin();
    return done.future();
  }

  /**
   * The same for what nobody waits for. It is done again while the database is away, so it stores
   * before it changes anything; what else it throws is logged.
   */
  void post(Runnable work) {
    waiting.add(
        () -> {
          try {
            work.run();
          } catch (TemporarilyUnavailable e) {
            LOG.warn("done again in {}: {}", AGAIN, e.getMessage());
            scheduler.after(AGAIN, () -> again(work));
          } catch (RuntimeException e) {
            LOG.warn("something that was due could not be done", e);
          }
        });
    begin();
  }

  private void again(Runnable work) {
    if (!closed) {
      post(work);
    }
  }

  /** What could not be stored is not tried again from here on. */
  void close() {
    closed = true;
  }

  private void begin() {
    if (size.getAndIncrement() == 0) {
      runner.accept(this::work);
    }
  }

  private void work() {
    do {
      waiting.poll().run();
    } while (size.decrementAndGet() > 0);
  }
}
