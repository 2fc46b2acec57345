package io.busbar.kernel.plugins;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Starts and stops verticles on the calling thread, so that a run in virtual time is the same every
 * time. A start that does not end at once never will, because time stands still meanwhile.
 */
public final class InlineStage implements Stage {

  private final Vertx vertx;

  public InlineStage(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Appearance enter(Verticle verticle, ClassLoader loader, Duration limit) throws Exception {
    Context context = vertx.getOrCreateContext();
    done(call(() -> verticle.deploy(context), loader, limit), "start");
    return timeout -> done(verticle.undeploy(context), "stop");
  }

  @Override
  public <T> T call(Callable<T> question, ClassLoader loader, Duration limit) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return question.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void done(Future<?> future, String what) throws Exception {
    if (!future.isComplete()) {
      throw new IllegalStateException(
          what + " waits for something; in virtual time it must end at once");
    }
    if (future.failed()) {
      throw future.cause() instanceof Exception cause
          ? cause
          : new ExecutionException(future.cause());
    }
  }
}
