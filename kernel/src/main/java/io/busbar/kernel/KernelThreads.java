package io.busbar.kernel;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxThread;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x with threads of the kernel's own. A thread first started from inside a plugin would
 * otherwise keep that plugin's class loader for ever.
 */
final class KernelThreads implements VertxThreadFactory {

  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 4;

  private KernelThreads() {}

  static Vertx vertx() {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(WORKERS)
            .setPreferNativeTransport(false);
    options.getFileSystemOptions().setClassPathResolvingEnabled(true).setFileCachingEnabled(true);
    return VertxBootstrap.create()
        .options(options)
        .threadFactory(new KernelThreads())
        .init()
        .vertx();
  }

  @Override
  public VertxThread newVertxThread(
      Runnable target, String name, boolean worker, long maxTime, TimeUnit maxTimeUnit) {
    VertxThread thread =
        VertxThreadFactory.super.newVertxThread(target, name, worker, maxTime, maxTimeUnit);
    thread.setContextClassLoader(KernelThreads.class.getClassLoader());
    return thread;
  }
}
