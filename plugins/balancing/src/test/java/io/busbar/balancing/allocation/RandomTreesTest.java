package io.busbar.balancing.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.Verifies;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ten thousand random problems, each named by its seed. */
@Verifies({"FR-003", "LB-04"})
class RandomTreesTest {

  private static final int TREES = 10_000;
  private static final int SMALL = 3_000;

  @Test
  void every_answer_is_feasible_wastes_nothing_and_is_fair() {
    check(TREES, 40, given -> new Criterion(given, given.solve()).violation());
  }

  @Test
  void the_way_taken_where_conductors_are_bounded_gives_the_same() {
    check(
        TREES,
        40,
        given -> {
          Allocation plain = given.solve();
          Allocation lines = given.solveWithLines();
          return new Criterion(given, lines)
              .violation()
              .or(
                  () ->
                      IntStream.range(0, given.wishes().length)
                          .filter(i -> plain.watts(i) != lines.watts(i))
                          .mapToObj(
                              i ->
                                  "connector %d: %d, not %d"
                                      .formatted(i, lines.watts(i), plain.watts(i)))
                          .findFirst());
        });
  }

  @Test
  void answers_are_the_same_twice_and_under_any_listing_of_the_nodes() {
    check(
        TREES,
        40,
        given -> {
          long[] once = bits(given.solve(), given);
          Case shuffled = given.shuffled(new SplittableRandom(7));
          boolean same =
              Arrays.equals(once, bits(given.solve(), given))
                  && Arrays.equals(once, bits(shuffled.solve(), shuffled));
          return same ? Optional.empty() : Optional.of("differs");
        });
  }

  @Test
  void an_allocator_that_decided_something_else_before_decides_the_same() {
    check(
        1_000,
        40,
        given -> {
          AllocationProblem problem = given.problem();
          Allocator allocator = new Allocator(problem);
          long[] once = bits(allocator.allocate(), given);
          IntStream.range(0, problem.connectors())
              .forEach(i -> problem.request(i, 5_000, 1_380, 2, i, i));
          allocator.allocate();
          for (int i = 0; i < given.wishes().length; i++) {
            given.request(problem, i);
          }
          return Arrays.equals(once, bits(allocator.allocate(), given))
              ? Optional.empty()
              : Optional.of("differs");
        });
  }

  @Test
  void small_ones_agree_with_exact_arithmetic_that_follows_the_definition_word_by_word() {
    check(
        SMALL,
        7,
        given -> {
          Allocation answer = given.solve();
          Fraction[] exact = new Reference(given).solve();
          return IntStream.range(0, exact.length)
              .filter(i -> answer.watts(i) != exact[i].floor())
              .mapToObj(i -> "connector %d: %d, not %s".formatted(i, answer.watts(i), exact[i]))
              .findFirst();
        });
  }

  private static long[] bits(Allocation answer, Case given) {
    return IntStream.range(0, given.wishes().length)
        .mapToLong(i -> Double.doubleToLongBits(answer.exactWatts(i)) * 31 + answer.watts(i))
        .toArray();
  }

  private record Counterexample(long seed, Case given, String wrong) {}

  private static void check(int trees, int connectors, Function<Case, Optional<String>> violation) {
    String smallestFirst =
        LongStream.range(0, trees)
            .boxed()
            .flatMap(
                seed -> {
                  Case given = Cases.random(seed, connectors);
                  return violation
                      .apply(given)
                      .map(it -> new Counterexample(seed, given, it))
                      .stream();
                })
            .sorted(Comparator.comparing(it -> it.given.parent().length))
            .limit(3)
            .map(it -> "seed %d: %s%n%s".formatted(it.seed, it.wrong, it.given))
            .collect(Collectors.joining("\n"));
    assertThat(smallestFirst).isEmpty();
  }
}
