package io.busbar.bench;

import io.busbar.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Many sites in one process: what they cost, and whether every cycle is kept and on time. */
final class SitesBench {

  private static final int SITES = 10_000;
  private static final int CONNECTORS = 20;
  private static final int PERIOD_SECONDS = 10;
  private static final Duration READ_EVERY = Duration.ofSeconds(5);
  private static final int WARM_UP_SECONDS = 60;
  private static final int SECONDS = 60;
  private static final double TARGET = 0.6;

  /** A slot of a second with less or more than this share of the mean is no even spread. */
  private static final double EVEN = 0.1;

  private final PrintStream out;
  private boolean missed;

  SitesBench(PrintStream out) {
    this.out = out;
  }

  private record Look(
      long nanos,
      Instant at,
      double own,
      double server,
      double feeder,
      long readings,
      long orders) {

    static Look at(RunningFleet fleet, CpuTime cpu) {
      return new Look(
          System.nanoTime(),
          Instant.now(),
          cpu.own(),
          cpu.server(),
          fleet.fleet().cpuNanos() / 1e9,
          fleet.fleet().readings(),
          fleet.fleet().setPoints());
    }
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() throws Exception {
    Path folder = Files.createTempDirectory("busbar-sites");
    Files.createDirectories(folder.resolve("balancing"));
    try (RunningFleet fleet = new RunningFleet(folder)) {
      long began = System.nanoTime();
      fleet.start(SITES, CONNECTORS, READ_EVERY);
      awaitFirstCycles(fleet);
      double start = (System.nanoTime() - began) / 1e9;
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      CpuTime cpu = fleet.cpuTime();
      Look from = Look.at(fleet, cpu);
      TimeUnit.SECONDS.sleep(SECONDS);
      Look to = Look.at(fleet, cpu);
      long heap = usedHeap();
      fleet.stop();
      report(fleet, start, heap, from, to);
    }
    line("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private static void awaitFirstCycles(RunningFleet fleet) throws InterruptedException {
    while (fleet.cycles() < SITES) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void report(RunningFleet fleet, double start, long heap, Look from, Look to) {
    double wall = (to.nanos - from.nanos) / 1e9;
    double whole = wall * Runtime.getRuntime().availableProcessors();
    double own = (to.own - from.own) / whole;
    double server = (to.server - from.server) / whole;
    double feeder = (to.feeder - from.feeder) / whole;
    line(
        "## %,d sites of %d connectors, a cycle every %d s%n%n", SITES, CONNECTORS, PERIOD_SECONDS);
    line(
        "Java %s, %d processors, at most %,d MB of heap; %,d MB were in use after a collection.%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        heap >> 20);
    line(
        "All had run their first cycle after %.1f s. Measured for %.0f s, %d s later.%n%n",
        start, wall, WARM_UP_SECONDS);
    line("| | of the machine | target |%n|---|---:|---:|%n");
    line("| this process | %.1f %% | |%n", 100 * own);
    line("| of it making and telling readings | %.1f %% | |%n", 100 * feeder);
    line("| PostgreSQL | %.1f %% | |%n", 100 * server);
    line(
        "| together | %.1f %% | ≤ %.0f %%%s |%n%n",
        100 * (own + server), 100 * TARGET, fault(own + server > TARGET));
    stored(fleet, from, to, wall);
  }

  private void stored(RunningFleet fleet, Look from, Look to, double wall) {
    long decided = fleet.cycles();
    long stored = number(fleet, "select count(*) from cycle");
    String window =
        "started_at >= '%s' and started_at < '%s'".formatted(from.at, from.at.plusSeconds(SECONDS));
    long inWindow = number(fleet, "select count(*) from cycle where " + window);
    long least = perSite(fleet, window, "min");
    long most = perSite(fleet, window, "max");
    line("| | | target |%n|---|---:|---:|%n");
    line("| readings a second | %,.0f | |%n", (to.readings - from.readings) / wall);
    line("| set-points a second | %,.0f | |%n", (to.orders - from.orders) / wall);
    line("| cycles a second | %,.0f | |%n", inWindow / wall);
    line("| cycles decided in all | %,d | |%n", decided);
    line("| cycles stored in all | %,d | %,d%s |%n", stored, decided, fault(stored != decided));
    int due = SECONDS / PERIOD_SECONDS;
    line(
        "| scheduled cycles of a site, fewest | %d | ≥ %d%s |%n",
        least, due - 1, fault(least < due - 1));
    line(
        "| scheduled cycles of a site, most | %d | ≤ %d%s |%n",
        most, due + 1, fault(most > due + 1));
    line("| bytes a cycle on disk | %,d | |%n", diskBytes(fleet) / Math.max(1, stored));
    histogram(fleet, window);
  }

  private long diskBytes(RunningFleet fleet) {
    return number(
        fleet,
        "select sum(pg_total_relation_size(inhrelid)) from pg_inherits"
            + " where inhparent = 'cycle'::regclass");
  }

  private long perSite(RunningFleet fleet, String window, String what) {
    return number(
        fleet,
        ("select %s(n) from (select count(*) as n from cycle where %s"
                + " and result -> 'audit' ->> 'source' = 'schedule' group by microgrid_id) c")
            .formatted(what, window));
  }

  private void histogram(RunningFleet fleet, String window) {
    line("%nCycles by second of the period:%n%n| second |");
    long[] slots = new long[PERIOD_SECONDS];
    long sum = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] =
          number(
              fleet,
              "select count(*) from cycle where "
                  + window
                  + " and result -> 'audit' ->> 'source' = 'schedule'"
                  + " and floor(extract(epoch from started_at))::bigint %% 10 = ".formatted()
                  + slot);
      sum += slots[slot];
      line(" %d |", slot);
    }
    line("%n|---|" + "---:|".repeat(slots.length) + "%n| share |");
    double mean = (double) sum / slots.length;
    boolean uneven = false;
    for (long slot : slots) {
      line(" %.1f %% |", 100.0 * slot / sum);
      uneven |= Math.abs(slot - mean) > EVEN * mean;
    }
    line("%s%n", fault(uneven));
  }

  private static long number(RunningFleet fleet, String sql) {
    return Long.parseLong(TestDatabase.value(fleet.database(), sql));
  }

  private String fault(boolean bad) {
    missed |= bad;
    return bad ? " MISSED" : "";
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
