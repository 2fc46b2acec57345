package io.busbar.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Stores things that many wait for in as few transactions as possible: whatever comes while one is
 * under way goes into the next. One that cannot be stored fails alone. Storing happens on one
 * context; adding may happen anywhere.
 */
public final class GroupCommit<T, R> {

  /**
   * Whoever comes when so many wait, or so many bytes, is turned away, so that a database that is
   * away fills no memory.
   */
  public static final int MOST_WAITING = 20_000;

  public static final int MOST_BYTES = 16 << 20;

  private final Context context;
  private final int most;
  private final ToIntFunction<T> weight;
  private final Function<List<T>, List<R>> store;
  private final Runnable idle;
  private final Queue<Waiting<T, R>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean busy = new AtomicBoolean();

  private record Waiting<T, R>(T thing, Promise<R> stored) {}

  /**
   * For one kind of thing.
   *
   * @param most things of one transaction
   * @param weight bytes that one takes while it waits, roughly
   * @param store stores some, waiting for the database, and gives one result for each
   * @param idle is run, on the same context, when nothing waits any more
   */
  public GroupCommit(
      Context context,
      int most,
      ToIntFunction<T> weight,
      Function<List<T>, List<R>> store,
      Runnable idle) {
    this.context = context;
    this.most = most;
    this.weight = weight;
    this.store = store;
    this.idle = idle;
  }

  /**
   * Done when it is stored for good; fails with {@link NotStorable} when it never can be, with
   * something else when it can be tried again.
   */
  public Future<R> add(T thing) {
    int heavy = weight.applyAsInt(thing);
    if (size.incrementAndGet() > MOST_WAITING | bytes.addAndGet(heavy) > MOST_BYTES) {
      forget(1, heavy);
      return Future.failedFuture("too many wait to be stored; try again");
    }
    Promise<R> stored = Promise.promise();
    waiting.add(new Waiting<>(thing, stored));
    begin();
    return stored.future();
  }

  private void forget(int things, long heavy) {
    size.addAndGet(-things);
    bytes.addAndGet(-heavy);
  }

  private void begin() {
    if (busy.compareAndSet(false, true)) {
      context.runOnContext(now -> work());
    }
  }

  private void work() {
    try {
      while (!waiting.isEmpty()) {
        store(next());
      }
      idle.run();
    } finally {
      busy.set(false);
      if (!waiting.isEmpty()) {
        begin(); // what came between the last look and now
      }
    }
  }

  private List<Waiting<T, R>> next() {
    List<Waiting<T, R>> group = new ArrayList<>();
    while (group.size() < most && !waiting.isEmpty()) {
      group.add(waiting.poll());
    }
    forget(group.size(), group.stream().mapToLong(one -> weight.applyAsInt(one.thing())).sum());
    return group;
  }

  private void store(List<Waiting<T, R>> group) {
    try {
      List<R> results = store.apply(group.stream().map(Waiting::thing).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).stored().complete(results.get(i));
      }
    } catch (NotStorable e) {
      storeWithout(group, e);
    } catch (Exception e) { // waiting throws more than the compiler knows of
      group.forEach(one -> one.stored().fail(e));
    }
  }

  /** Halves it until whatever cannot be stored is alone. */
  private void storeWithout(List<Waiting<T, R>> group, NotStorable cause) {
    if (group.size() == 1) {
      group.getFirst().stored().fail(cause);
    } else {
      int middle = group.size() / 2;
      store(group.subList(0, middle));
      store(group.subList(middle, group.size()));
    }
  }
}
