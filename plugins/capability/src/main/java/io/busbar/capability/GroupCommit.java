package io.busbar.capability;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Stores things that many wait for in as few transactions as possible: whatever comes while one is
 * under way goes into the next. Storing happens on one context; adding may happen anywhere.
 */
final class GroupCommit<T, R> {

  private final Context context;
  private final int most;
  private final Function<List<T>, List<R>> store;
  private final Queue<Waiting<T, R>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  private record Waiting<T, R>(T thing, Promise<R> stored) {}

  /**
   * For one kind of thing.
   *
   * @param most things of one transaction
   * @param store stores some, waiting for the database, and gives one result for each
   */
  GroupCommit(Context context, int most, Function<List<T>, List<R>> store) {
    this.context = context;
    this.most = most;
    this.store = store;
  }

  /** Done when it is stored for good. */
  Future<R> add(T thing) {
    Promise<R> stored = Promise.promise();
    waiting.add(new Waiting<>(thing, stored));
    begin();
    return stored.future();
  }

  private void begin() {
    if (busy.compareAndSet(false, true)) {
      context.runOnContext(now -> work());
    }
  }

  private void work() {
    while (!waiting.isEmpty()) {
      List<Waiting<T, R>> group = new ArrayList<>();
      while (group.size() < most && !waiting.isEmpty()) {
        group.add(waiting.poll());
      }
      store(group);
    }
    busy.set(false);
    if (!waiting.isEmpty()) {
      begin(); // what came between the last look and now
    }
  }

  private void store(List<Waiting<T, R>> group) {
    try {
      List<R> results = store.apply(group.stream().map(Waiting::thing).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).stored().complete(results.get(i));
      }
    } catch (RuntimeException e) {
      group.forEach(one -> one.stored().fail(e));
    }
  }
}
