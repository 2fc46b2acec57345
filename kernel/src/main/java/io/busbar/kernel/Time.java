package io.busbar.kernel;

import io.busbar.api.Bus;
import io.busbar.api.Metrics;
import io.busbar.api.Scheduler;
import io.busbar.kernel.bus.VertxBus;
import io.busbar.kernel.plugins.InlineStage;
import io.busbar.kernel.plugins.Stage;
import io.busbar.kernel.plugins.ThreadStage;
import io.busbar.kernel.time.Pacer;
import io.busbar.kernel.time.VertxScheduler;
import io.busbar.virtual.InlineBus;
import io.busbar.virtual.VirtualTime;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One choice of time, and the bus that goes with it.
 *
 * @param clock the one clock
 * @param scheduler its timers
 * @param bus delivers on threads in wall-clock time, inline in virtual time
 * @param stage where verticles run
 * @param background runs what must not hold up a timer
 * @param pacer drives virtual time; does nothing otherwise
 */
record Time(
    Clock clock, Scheduler scheduler, Bus bus, Stage stage, Executor background, Pacer pacer) {

  private static final Logger LOG = LoggerFactory.getLogger(Time.class);

  static Time wallClock(Vertx vertx, Metrics metrics) {
    return new Time(
        Clock.systemUTC(),
        new VertxScheduler(vertx),
        new VertxBus(vertx, metrics),
        new ThreadStage(vertx),
        Thread::startVirtualThread,
        Pacer.none());
  }

  /** Virtual time that runs {@code speed} times as fast as the wall clock, from now on. */
  static Time paced(Vertx vertx, double speed) {
    VirtualTime virtual = virtual(Instant.now());
    return new Time(
        virtual,
        virtual,
        new InlineBus(virtual),
        new ThreadStage(vertx),
        Thread::startVirtualThread,
        new Pacer(virtual, speed));
  }

  /** Virtual time that somebody else drives, on one thread. */
  static Time driven(Vertx vertx, VirtualTime virtual) {
    return new Time(
        virtual,
        virtual,
        new InlineBus(virtual),
        new InlineStage(vertx),
        Runnable::run,
        Pacer.none());
  }

  static VirtualTime virtual(Instant start) {
    return new VirtualTime(start, fault -> LOG.error("a scheduled task threw", fault));
  }
}
