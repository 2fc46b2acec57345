package io.busbar.kernel.plugins;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Every verticle on virtual threads of its own, as Vert.x runs them. */
public final class ThreadStage implements Stage {

  private final Vertx vertx;

  public ThreadStage(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Appearance enter(Verticle verticle, ClassLoader loader, Duration limit) throws Exception {
    Watched watched = new Watched(verticle);
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
            .setClassLoader(loader);
    Future<String> deployment = vertx.deployVerticle(watched, options);
    try {
      String id = within(deployment, limit);
      return timeout -> within(vertx.undeploy(id), timeout);
    } catch (TimeoutException | InterruptedException e) {
      deployment.onSuccess(vertx::undeploy);
      watched.interrupt();
      throw new TimeoutOnStart(limit);
    }
  }

  @Override
  public <T> T call(Callable<T> question, ClassLoader loader, Duration limit) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    answer.complete(question.call());
                  } catch (Throwable e) {
                    answer.completeExceptionally(e);
                  }
                });
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return within(answer, limit);
    } catch (TimeoutException | InterruptedException e) {
      thread.interrupt();
      throw new TimeoutOnStart(limit);
    }
  }

  private static <T> T within(Future<T> future, Duration limit) throws Exception {
    return within(future.toCompletionStage().toCompletableFuture(), limit);
  }

  private static <T> T within(CompletableFuture<T> future, Duration limit) throws Exception {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Remembers the thread that starts a verticle, for the case that it never returns. */
  private static final class Watched implements Deployable {

    private final Verticle verticle;
    private Thread starting;

    Watched(Verticle verticle) {
      this.verticle = verticle;
    }

    @Override
    public Future<?> deploy(Context context) throws Exception {
      starting(Thread.currentThread());
      try {
        return verticle.deploy(context);
      } finally {
        starting(null);
      }
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return verticle.undeploy(context);
    }

    private synchronized void starting(Thread thread) {
      starting = thread;
    }

    synchronized void interrupt() {
      if (starting != null) {
        starting.interrupt();
      }
    }
  }
}
