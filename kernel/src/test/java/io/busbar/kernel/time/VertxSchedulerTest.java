package io.busbar.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VertxSchedulerTest {

  private static final Duration SOON = Duration.ofMillis(5);

  private final Vertx vertx = Vertx.vertx();
  private final VertxScheduler scheduler = new VertxScheduler(vertx);

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void tasksRunOnTheContextThatScheduledThem() {
    Context context = vertx.getOrCreateContext();
    List<Context> seen = new CopyOnWriteArrayList<>();
    context.runOnContext(go -> scheduler.every(SOON, SOON, () -> seen.add(Vertx.currentContext())));
    Awaitility.await().until(() -> seen.size() >= 3);
    assertThat(seen).containsOnly(context);
  }

  @Test
  void aTaskThatThrowsRunsAgainNextTime() {
    AtomicInteger runs = new AtomicInteger();
    scheduler.every(
        SOON,
        SOON,
        () -> {
          runs.incrementAndGet();
          throw new AssertionError("even an error");
        });
    Awaitility.await().until(() -> runs.get() >= 3);
  }

  @Test
  void aSlowRunMakesTheNextOneLateNeverConcurrent() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    vertx
        .getOrCreateContext()
        .runOnContext(
            go ->
                scheduler.every(
                    SOON,
                    SOON,
                    () -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      await(gate);
                      running.decrementAndGet();
                      runs.incrementAndGet();
                    }));
    Awaitility.await().until(() -> running.get() == 1);
    CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS).execute(gate::countDown);
    Awaitility.await().until(() -> runs.get() >= 3);
    assertThat(most).hasValue(1);
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasClosedDoesNotRun() {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger later = new AtomicInteger();
    vertx
        .getOrCreateContext()
        .runOnContext( // on one context, so that it is closed before it can run, however slow
            go -> {
              scheduler.after(SOON, runs::incrementAndGet).close();
              scheduler.after(SOON.multipliedBy(4), later::incrementAndGet);
            });
    Awaitility.await().until(() -> later.get() == 1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void timersOfAnOwnerEndWithIt() {
    OwnedScheduler owned = new OwnedScheduler(scheduler);
    AtomicInteger runs = new AtomicInteger();
    owned.every(SOON, SOON, runs::incrementAndGet);
    Awaitility.await().until(() -> runs.get() >= 1);
    owned.close();
    int before = runs.get();
    AtomicInteger later = new AtomicInteger();
    scheduler.after(SOON.multipliedBy(4), later::incrementAndGet);
    Awaitility.await().until(() -> later.get() == 1);
    assertThat(runs.get()).isBetween(before, before + 1);
    assertThatThrownBy(() -> owned.after(SOON, () -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPeriodOfNothingIsRefused() {
    assertThatThrownBy(() -> scheduler.every(SOON, Duration.ZERO, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
