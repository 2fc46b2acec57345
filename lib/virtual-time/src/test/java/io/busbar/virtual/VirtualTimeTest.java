package io.busbar.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final List<Throwable> faults = new ArrayList<>();
  private final VirtualTime time = new VirtualTime(START, faults::add);
  private final List<String> log = new ArrayList<>();

  @Test
  void timers_fire_in_order_of_time_then_of_making() {
    time.after(Duration.ofSeconds(2), () -> log("b"));
    time.after(Duration.ofSeconds(1), () -> log("a"));
    time.after(Duration.ofSeconds(2), () -> log("c"));
    time.advance(Duration.ofSeconds(2));
    assertThat(log).containsExactly("a@1", "b@2", "c@2");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void a_timer_made_by_a_timer_fires_within_the_same_advance() {
    time.after(
        Duration.ofSeconds(1),
        () -> {
          log("outer");
          time.after(Duration.ofSeconds(1), () -> log("inner"));
        });
    time.advance(Duration.ofSeconds(5));
    assertThat(log).containsExactly("outer@1", "inner@2");
  }

  @Test
  void periodic_timers_keep_their_rhythm_until_closed() {
    Registration every = time.every(Duration.ZERO, Duration.ofSeconds(10), () -> log("tick"));
    time.advance(Duration.ofSeconds(25));
    every.close();
    time.advance(Duration.ofSeconds(60));
    assertThat(log).containsExactly("tick@0", "tick@10", "tick@20");
  }

  @Test
  void what_a_task_posts_is_done_before_time_moves_on() {
    time.after(Duration.ofSeconds(1), () -> time.post(() -> log("posted")));
    time.after(Duration.ofSeconds(2), () -> log("later"));
    time.advance(Duration.ofSeconds(2));
    assertThat(log).containsExactly("posted@1", "later@2");
  }

  @Test
  void a_task_that_throws_is_reported_and_the_others_go_on() {
    time.after(
        Duration.ofSeconds(1),
        () -> {
          throw new IllegalStateException("boom");
        });
    time.after(Duration.ofSeconds(2), () -> log("after"));
    time.advance(Duration.ofSeconds(3));
    assertThat(faults).singleElement().hasToString("java.lang.IllegalStateException: boom");
    assertThat(log).containsExactly("after@2");
  }

  @Test
  void time_does_not_go_back() {
    assertThatThrownBy(() -> time.advanceTo(START.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot go back");
  }

  @Test
  void other_threads_can_post_while_time_runs_and_nothing_is_lost() throws InterruptedException {
    List<Integer> seen = new ArrayList<>();
    time.every(Duration.ZERO, Duration.ofMillis(1), () -> {});
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 1_000; i++) {
                      time.post(() -> seen.add(1));
                    }
                  }));
    }
    time.advance(Duration.ofSeconds(5));
    for (Thread thread : threads) {
      thread.join();
    }
    time.advance(Duration.ZERO);
    assertThat(seen).hasSize(4_000);
  }

  private void log(String what) {
    log.add(what + "@" + Duration.between(START, time.instant()).toSeconds());
  }
}
