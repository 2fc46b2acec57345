package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.balancing.allocation.Case.Wish;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The definition's own test of an answer, which needs no other answer: feasible, admitted in order,
 * and everybody who wants more has a full node at which nobody else should have given way. The node
 * has to be the one that the allocation names.
 */
final class Criterion {

  private static final double TOLERANCE = 1e-5;

  private final Case given;
  private final Allocation answer;
  private final double[] sums;

  Criterion(Case given, Allocation answer) {
    this.given = given;
    this.answer = answer;
    this.sums = new double[given.parent().length];
    for (int i = 0; i < given.wishes().length; i++) {
      for (int node : given.path(i)) {
        sums[node] += answer.exactWatts(i);
      }
    }
  }

  /** What is wrong, if anything. */
  Optional<String> violation() {
    return Stream.concat(
            Stream.concat(
                IntStream.range(0, sums.length).mapToObj(this::atNode),
                IntStream.range(0, given.wishes().length).mapToObj(this::atConnector)),
            Stream.of(admission()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> atNode(int node) {
    long whole =
        IntStream.range(0, given.wishes().length)
            .filter(i -> below(i, node))
            .mapToLong(answer::watts)
            .sum();
    if (sums[node] > given.limit()[node] + TOLERANCE || whole > given.limit()[node]) {
      return Optional.of("node " + node + " carries " + sums[node] + ", rounded " + whole);
    }
    return whole == answer.wattsBelow(node)
        ? Optional.empty()
        : Optional.of("node " + node + ": sum " + answer.wattsBelow(node) + ", not " + whole);
  }

  private Optional<String> atConnector(int i) {
    Wish wish = given.wishes()[i];
    double watts = answer.exactWatts(i);
    Cause cause = answer.cause(i);
    String got = "connector " + i + " gets " + watts + ": " + cause;
    if (wish == null) {
      return problem(watts != 0 || cause != Cause.NO_REQUEST, got);
    }
    boolean rounded = answer.watts(i) == (int) Math.floor(watts + Allocator.SLACK);
    boolean possible = watts == 0 || (watts >= wish.minimum() && watts <= wish.demand());
    if (!rounded || !possible) {
      return Optional.of(got + ", rounded " + answer.watts(i));
    }
    return switch (cause) {
      case NO_REQUEST -> Optional.of(got);
      case DEMAND_MET -> problem(watts < wish.demand() - TOLERANCE || answer.isBound(i), got);
      case PAUSED, NEVER -> problem(watts != 0 || wish.minimum() == 0, got);
      case LIMITED -> problem(!stops(answer.boundBy(i), i), got + " by " + answer.boundBy(i));
    };
  }

  private static Optional<String> problem(boolean wrong, String text) {
    return wrong ? Optional.of(text) : Optional.empty();
  }

  /** Conditions (a) and (b) of the definition. */
  private boolean stops(int node, int i) {
    Wish wish = given.wishes()[i];
    double level = answer.exactWatts(i) / wish.weight();
    IntPredicate shouldHaveGivenWay =
        other -> {
          Wish theirs = given.wishes()[other];
          double watts = answer.exactWatts(other);
          return theirs != null
              && watts > theirs.minimum() + TOLERANCE
              && (theirs.priority() < wish.priority()
                  || (theirs.priority() == wish.priority()
                      && watts / theirs.weight() > level + TOLERANCE / theirs.weight()));
        };
    return below(i, node)
        && sums[node] >= given.limit()[node] - TOLERANCE
        && answer.exactWatts(i) < wish.demand()
        && IntStream.range(0, given.wishes().length)
            .filter(other -> other != i && below(other, node))
            .noneMatch(shouldHaveGivenWay);
  }

  private boolean below(int connector, int node) {
    return IntStream.of(given.path(connector)).anyMatch(above -> above == node);
  }

  /** Walks in admission order; minimums and limits here are whole, so sums are exact. */
  private Optional<String> admission() {
    List<Integer> order =
        IntStream.range(0, given.wishes().length)
            .filter(i -> given.wishes()[i] != null && given.wishes()[i].minimum() > 0)
            .filter(i -> given.wishes()[i].demand() > 0)
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> -given.wishes()[i].priority())
                    .thenComparing(i -> given.wishes()[i].rank()))
            .toList();
    double[] used = new double[given.parent().length];
    for (int i : order) {
      Optional<String> wrong = admission(i, used);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> admission(int i, double[] used) {
    Wish wish = given.wishes()[i];
    boolean alone = fits(i, wish.minimum(), new double[used.length]);
    Cause cause = answer.cause(i);
    if (wish.minimum() > wish.demand() || !alone) {
      boolean names = wish.minimum() > wish.demand() != answer.isBound(i);
      return problem(cause != Cause.NEVER || !names, "connector " + i + " should be NEVER");
    }
    if (!fits(i, wish.minimum(), used)) {
      boolean names =
          cause == Cause.PAUSED
              && !fits(answer.boundBy(i), wish.minimum(), used[answer.boundBy(i)]);
      return problem(
          !names || !below(i, answer.boundBy(i)), "connector " + i + " should be PAUSED");
    }
    for (int node : given.path(i)) {
      used[node] += wish.minimum();
    }
    return problem(answer.exactWatts(i) < wish.minimum(), "connector " + i + " should be admitted");
  }

  private boolean fits(int i, double minimum, double[] used) {
    return IntStream.of(given.path(i)).allMatch(node -> fits(node, minimum, used[node]));
  }

  private boolean fits(int node, double minimum, double used) {
    return used + minimum <= given.limit()[node];
  }
}
