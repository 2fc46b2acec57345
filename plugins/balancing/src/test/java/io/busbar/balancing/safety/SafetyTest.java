package io.busbar.balancing.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random sites on which everything goes wrong that can: at no instant do chargers allow more than a
 * limit, beyond the time that a decrease takes to be acknowledged. A failure is made as small as it
 * can be and printed with a line that plays it again.
 *
 * <p>{@code -Dsafety.runs=N} plays N seeds, {@code -Dsafety.first=SEED} begins with that one.
 */
class SafetyTest {

  private static final int RUNS = Integer.getInteger("safety.runs", 300);
  private static final long FIRST = Long.getLong("safety.first", 1L);
  private static final int PROGRESS = 5_000;

  private final List<Long> undisturbed = new ArrayList<>();
  private final List<Long> disturbed = new ArrayList<>();
  private long raises;

  @Test
  @Verifies({"FR-003", "FR-005", "FR-014", "NFR-002", "NFR-004"})
  void chargersNeverAllowMoreThanLimitsBeyondTheTimeADecreaseTakes() {
    long began = System.nanoTime();
    for (int run = 0; run < RUNS; run++) {
      Plan plan = PlanMaker.of(FIRST + run);
      play(plan).ifPresent(found -> report(plan, found));
      if ((run + 1) % PROGRESS == 0) {
        print(run + 1, began);
      }
    }
    print(RUNS, began);
    assertThat(raises).isGreaterThan(RUNS);
  }

  private void print(int runs, long began) {
    System.out.printf(
        "safety: %d runs from seed %d in %d s: %d raises; limits that dropped were kept after %s,"
            + " with troubled chargers or without Busbar after %s%n",
        runs,
        FIRST,
        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
        raises,
        times(undisturbed),
        times(disturbed));
  }

  private static String times(List<Long> millis) {
    if (millis.isEmpty()) {
      return "no time";
    }
    Collections.sort(millis);
    return "%d ms (median of %d), %d ms at most"
        .formatted(millis.get(millis.size() / 2), millis.size(), millis.getLast());
  }

  private Optional<Counterexample> play(Plan plan) {
    try {
      Watch watch = new World(plan).play();
      undisturbed.addAll(watch.undisturbed());
      disturbed.addAll(watch.disturbed());
      raises += watch.raises();
      return Optional.empty();
    } catch (Counterexample found) {
      return Optional.of(found);
    }
  }

  private void report(Plan plan, Counterexample found) {
    Shrinker shrinker = new Shrinker(this::play, plan, found);
    Plan smallest = shrinker.shrink();
    fail(
        """
        %s
        seed %d, made smaller:
        %s
        %s
        %s
        %s
        as it was found: %s
        again: mvn -pl plugins/balancing -am test -Dtest=SafetyTest -Dsurefire.failIfNoSpecifiedTests=false \
        -Dsafety.runs=1 -Dsafety.first=%d
        """
            .formatted(
                shrinker.found().getMessage(),
                plan.seed(),
                smallest.settings(),
                lines(smallest.branches()),
                lines(smallest.devices()),
                lines(smallest.events()),
                found.getMessage(),
                plan.seed()));
  }

  private static String lines(List<?> things) {
    return things.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
