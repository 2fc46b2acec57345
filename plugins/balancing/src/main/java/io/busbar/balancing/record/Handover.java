package io.busbar.balancing.record;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Runs things on one context and gives what comes of them back on the context of whoever asked, so
 * that neither ever works on what belongs to the other.
 */
public final class Handover {

  private final Context there;

  /**
   * @param there where things run
   */
  public Handover(Context there) {
    this.there = there;
  }

  /** Runs something there. */
  public void run(Runnable task) {
    there.runOnContext(none -> task.run());
  }

  /** Calls something there; what it throws fails the future. */
  public <T> Future<T> call(Supplier<T> question) {
    Promise<T> answer = Promise.promise();
    Future<T> here = back(answer.future());
    run(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        });
    return here;
  }

  /** The same future, complete on the caller's own context, if he has one. */
  public <T> Future<T> back(Future<T> future) {
    Context here = Vertx.currentContext();
    if (here == null) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(done -> here.runOnContext(none -> promise.handle(done)));
    return promise.future();
  }
}
