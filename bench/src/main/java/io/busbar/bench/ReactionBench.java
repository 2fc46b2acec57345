package io.busbar.bench;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long it takes from something that happens on a site to the first set-point on the bus that
 * answers it, in real time on the real bus, turn by turn with a bare question and reply there.
 */
final class ReactionBench {

  /** What happens. */
  private enum Cause {
    LIMIT("limit of the grid connection is lowered"),
    METER("meter steps and takes the room of a node above its own"),
    BEGIN("session begins"),
    END("session ends"),
    REFUSAL("set-point is refused; until another device makes room"),
    ROUND_TRIP("bare question and reply on the bus");

    final String title;

    Cause(String title) {
      this.title = title;
    }
  }

  private static final double TARGET_MILLIS = 250;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 25;
  private static final int ROUND_TRIPS = 100;

  private final PrintStream out;
  private Map<Cause, Laps> laps = new EnumMap<>(Cause.class);

  ReactionBench(PrintStream out) {
    this.out = out;
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() {
    try (ReactionSite site = new ReactionSite()) {
      rounds(site, WARM_UP);
      laps = new EnumMap<>(Cause.class);
      rounds(site, ROUNDS);
      return print(site);
    }
  }

  private void rounds(ReactionSite site, int count) {
    for (int round = 0; round < count; round++) {
      add(Cause.LIMIT, site.limitDrops());
      add(Cause.METER, site.meterSteps());
      add(Cause.END, site.sessionEnds());
      add(Cause.BEGIN, site.sessionBegins());
      add(Cause.REFUSAL, site.deviceRefuses());
      for (int i = 0; i < ROUND_TRIPS; i++) {
        add(Cause.ROUND_TRIP, site.roundTrip());
      }
    }
  }

  private void add(Cause cause, long nanos) {
    laps.computeIfAbsent(cause, none -> new Laps()).add(nanos);
  }

  private boolean print(ReactionSite site) {
    print(
        "## Reaction: a site of %d connectors, the kernel's bus and clock%n%n", site.connectors());
    print(
        "Java %s, %d processors. A cycle waits 100 ms for what happens together; that is"
            + " included.%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    print(
        "| until the first set-point | times | median | p90 | p99 | most | round trips | target"
            + " |%n");
    print("|---|---:|---:|---:|---:|---:|---:|---:|%n");
    laps.forEach(this::row);
    boolean missed = laps.keySet().stream().anyMatch(this::isMissed);
    print("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private boolean isMissed(Cause cause) {
    return cause != Cause.ROUND_TRIP && laps.get(cause).millis(0.99) > TARGET_MILLIS;
  }

  private void row(Cause cause, Laps done) {
    print(
        "| %s | %,d | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %,.0f | %s |%n",
        cause.title,
        done.count(),
        done.millis(0.5),
        done.millis(0.9),
        done.millis(0.99),
        done.millis(1),
        done.millis(0.5) / laps.get(Cause.ROUND_TRIP).millis(0.5),
        cause == Cause.ROUND_TRIP
            ? ""
            : "p99 ≤ %.0f ms%s".formatted(TARGET_MILLIS, isMissed(cause) ? " MISSED" : ""));
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
