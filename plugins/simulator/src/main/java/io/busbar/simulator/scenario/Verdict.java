package io.busbar.simulator.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of one expectation. */
record Verdict(String expectation, boolean passed, String found) {

  /** Judges every expectation of a scenario. */
  static List<Verdict> of(Scenario scenario, Outcome outcome) {
    Map<String, Double> figures = outcome.figures();
    return scenario.expectations().stream().map(e -> judge(e, figures, outcome)).toList();
  }

  private static Verdict judge(
      Scenario.Expectation expected, Map<String, Double> figures, Outcome outcome) {
    Double value = figures.get(expected.that());
    boolean physics = expected.that().equals("no_limit_exceeded");
    double least = expected.atLeast().orElse(physics ? 1 : Double.NEGATIVE_INFINITY);
    double most = expected.atMost().orElse(Double.POSITIVE_INFINITY);
    boolean passed = value != null && value >= least && value <= most;
    return new Verdict(words(expected), passed, physics ? violations(outcome) : shown(value));
  }

  private static String words(Scenario.Expectation expected) {
    StringBuilder words = new StringBuilder(expected.that());
    expected.atLeast().ifPresent(v -> words.append(" >= ").append(v));
    expected.atMost().ifPresent(v -> words.append(" <= ").append(v));
    return words.toString();
  }

  private static String shown(Double value) {
    return value == null
        ? "not computed in this scenario"
        : String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.4f", value);
  }

  private static String violations(Outcome outcome) {
    return Optional.of(outcome.record())
        .flatMap(record -> record.firstViolation())
        .map(
            first ->
                String.format(
                    Locale.ROOT,
                    "%d node-seconds, first at %s: node %s%s at %.1f %s of %.1f",
                    outcome.record().violations(),
                    first.at(),
                    first.nodeId(),
                    first.conductor().map(line -> ", " + line + ",").orElse(""),
                    first.load(),
                    first.conductor().isPresent() ? "A" : "W",
                    first.limit()))
        .orElse("never, over " + outcome.record().seconds() + " s");
  }
}
