package io.busbar.balancing.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.balancing.allocation.Case.Wish;
import io.busbar.testkit.Verifies;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can wait does so exactly where others use the power. */
@Verifies("FR-005")
class PatientAdmissionTest {

  private static final int TREES = 5_000;
  private static final double TOLERANCE = 1e-3;

  /** A site (0) above two circuits (1, 2) with two connectors each (3 to 6). */
  private final AllocationProblem site =
      new AllocationProblem(new int[] {-1, 0, 0, 1, 1, 2, 2}, new int[] {3, 4, 5, 6});

  private void request(int connector, int watts, int importance, Patience patience) {
    site.request(connector, watts, 1_380, 1, importance, connector);
    site.patience(connector, patience);
  }

  private int[] watts() {
    Allocation allocation = new Allocator(site).allocate();
    return IntStream.range(0, site.connectors()).map(allocation::watts).toArray();
  }

  @Test
  void nobody_gets_a_minimum_who_can_wait_while_more_urgent_ones_use_everything() {
    site.limit(0, 14_000);
    IntStream.range(0, 4).forEach(i -> request(i, 7_000, 9 - i, Patience.CAN_WAIT));

    Allocation allocation = new Allocator(site).allocate();

    assertThat(watts()).containsExactly(7_000, 7_000, 0, 0);
    assertThat(allocation.cause(3)).isEqualTo(Cause.PAUSED);
    assertThat(allocation.boundBy(3)).isZero();
  }

  @Test
  void what_the_urgent_ones_cannot_use_goes_to_who_could_have_waited() {
    site.limit(0, 20_000);
    site.limit(1, 8_000);
    IntStream.range(0, 4).forEach(i -> request(i, 7_000, 9 - i, Patience.CAN_WAIT));

    assertThat(watts()).containsExactly(6_620, 1_380, 7_000, 5_000);
  }

  @Test
  void a_rest_below_the_minimum_is_used_all_the_same() {
    site.limit(0, 7_500);
    IntStream.range(0, 4).forEach(i -> request(i, 7_000, 9 - i, Patience.CAN_WAIT));

    assertThat(watts()).containsExactly(6_120, 1_380, 0, 0);
  }

  @Test
  void who_cannot_wait_gets_its_minimum_beside_more_important_ones() {
    site.limit(0, 10_000);
    IntStream.range(0, 3).forEach(i -> request(i, 7_000, 9 - i, Patience.CAN_WAIT));
    request(3, 7_000, 0, Patience.DUE);

    assertThat(watts()).containsExactly(7_000, 1_620, 0, 1_380);
  }

  @Test
  void who_is_held_is_admitted_before_more_important_ones() {
    site.limit(0, 2_000);
    request(0, 7_000, 5, Patience.DUE);
    request(1, 7_000, 1, Patience.HELD);

    assertThat(watts()).containsExactly(0, 2_000, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobody_waits_for_whom_there_is_room(boolean lines) {
    for (long seed = 0; seed < TREES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Case given = Cases.random(seed, 30);
      AllocationProblem problem = lines ? given.problemWithLines() : given.problem();
      for (int i = 0; i < given.wishes().length; i++) {
        problem.patience(i, Patience.values()[random.nextInt(3)]);
      }
      Allocation allocation = new Allocator(problem).allocate();
      assertThat(violation(given, allocation)).as("seed %d%n%s", seed, given).isEmpty();
    }
  }

  private static Optional<String> violation(Case given, Allocation allocation) {
    double[] sums = new double[given.parent().length];
    for (int i = 0; i < given.wishes().length; i++) {
      for (int node : given.path(i)) {
        sums[node] += allocation.exactWatts(i);
      }
    }
    for (int node = 0; node < sums.length; node++) {
      if (sums[node] > given.limit()[node] + TOLERANCE) {
        return Optional.of("node " + node + " carries " + sums[node]);
      }
    }
    return IntStream.range(0, given.wishes().length)
        .filter(i -> given.wishes()[i] != null)
        .filter(i -> !isRight(given, allocation, i, sums))
        .mapToObj(i -> "connector " + i + ": " + allocation.exactWatts(i))
        .findFirst();
  }

  private static boolean isRight(Case given, Allocation allocation, int i, double[] sums) {
    Wish wish = given.wishes()[i];
    double watts = allocation.exactWatts(i);
    if (watts > 0 && watts < wish.minimum() - TOLERANCE || watts > wish.demand() + TOLERANCE) {
      return false;
    }
    if (watts >= wish.demand() - 1 || allocation.cause(i) == Cause.NEVER) {
      return true;
    }
    double more = watts == 0 ? Math.max(wish.minimum(), 1) : 1;
    return IntStream.of(given.path(i)).anyMatch(node -> sums[node] + more > given.limit()[node]);
  }
}
