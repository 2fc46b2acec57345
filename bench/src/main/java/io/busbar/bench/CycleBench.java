package io.busbar.bench;

import com.sun.management.ThreadMXBean;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.balancing.MeasuredSite;
import io.busbar.bench.DepotSite.Style;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** A whole cycle of a site, from the snapshot to the last set-point, without bus and database. */
final class CycleBench {

  private static final double TARGET_RATIO = 60;
  private static final int TARGET_SIZE = 1_000;
  private static final List<Integer> PEER_SIZES = List.of(50, 500, 5_000);
  private static final double TIMES_AS_FAST = 50;
  private static final List<Integer> GROWTH = List.of(1_000, 10_000, 100_000, 1_000_000);
  private static final int CYCLES_COUNTED = 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PrintStream out;
  private boolean missed;

  CycleBench(PrintStream out) {
    this.out = out;
  }

  /** A kind of site, and whether draws change from cycle to cycle. */
  private record Kind(String title, double share, Style style, boolean changing) {}

  private static final Kind CHANGING = new Kind("plain", 0.6, Style.PLAIN, true);

  private static final List<Kind> KINDS =
      List.of(
          new Kind("plain, nothing changes", 0.6, Style.PLAIN, false),
          CHANGING,
          new Kind("scarce", 0.1, Style.PLAIN, true),
          new Kind("plain, lines bounded", 0.6, new Style(true, false, 0), true),
          new Kind("plain, lines bounded, mixed wiring", 0.6, new Style(true, true, 0), true),
          new Kind("plain, steps of 1 A", 0.6, Style.STEPS, true));

  /** Measures and prints; false when a target is missed. */
  boolean run() {
    line("## A whole cycle against one plain pass up and down the same tree%n%n");
    line(
        "Java %s. Processor time of the thread. Draws of all vehicles change from cycle to cycle,"
            + " but in the first row.%n%n",
        Runtime.version());
    line("| site of %,d connectors | one cycle | one plain pass | ratio | target |%n", TARGET_SIZE);
    line("|---|---:|---:|---:|---:|%n");
    KINDS.forEach(this::ratio);
    comparePeers();
    grow();
    count();
    line("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private void ratio(Kind kind) {
    Duel.Result result = measure(kind, TARGET_SIZE);
    line(
        "| %s | %s ms | %s ms | %.1f | ≤ %.0f%s |%n",
        kind.title,
        millis(result.firstNanos()),
        millis(result.secondNanos()),
        result.ratio(),
        TARGET_RATIO,
        fault(result.ratio() > TARGET_RATIO));
  }

  private static Duel.Result measure(Kind kind, int size) {
    Depot depot = new Depot(size, kind.share);
    MeasuredSite site = new MeasuredSite(DepotSite.of(depot, kind.style), kind.changing);
    Duel.Work work =
        new Duel.Work() {
          @Override
          public void prepare() {
            site.prepare();
          }

          @Override
          public double run() {
            return site.cycle();
          }
        };
    return new Duel(THREADS::getCurrentThreadCpuTime).run(work, new PlainPass(depot)::run);
  }

  private void comparePeers() {
    Peers.Peer peer = Peers.fastest();
    line("%n## A whole cycle beside the bare decision of %s%n%n%s%n%n", peer.name(), Peers.NOTE);
    line("| | 50 | 500 | 5,000 |%n|---|---:|---:|---:|%n");
    line("| %s |", peer.name());
    PEER_SIZES.forEach(size -> line(" %s ms |", peer.millis(size)));
    line("%n| at most a %.0fth of that |", TIMES_AS_FAST);
    PEER_SIZES.forEach(size -> line(" %s ms |", millis(peer.millis(size) * 1e6 / TIMES_AS_FAST)));
    line("%n");
    for (Kind kind : KINDS.subList(1, KINDS.size())) {
      line("| Busbar, %s |", kind.title);
      for (int size : PEER_SIZES) {
        double nanos = measure(kind, size).firstNanos();
        boolean slow = nanos > peer.millis(size) * 1e6 / TIMES_AS_FAST;
        line(" %s ms%s |", millis(nanos), fault(slow));
      }
      line("%n");
    }
  }

  private void grow() {
    line("%n## Growth%n%n");
    line("| connectors | one cycle | ns per connector | n·log n from the first | heap in use |%n");
    line("|---:|---:|---:|---:|---:|%n");
    double first = Double.NaN;
    for (int size : GROWTH) {
      double each = measure(CHANGING, size).firstNanos() / size;
      first = Double.isNaN(first) ? each : first;
      double most = first * Math.log(size) / Math.log(GROWTH.getFirst());
      line(
          "| %,d | %s ms | %.0f | %.0f%s | %,d MB |%n",
          size, millis(each * size), each, most, fault(each > most), heapMegabytes(size));
    }
  }

  /** What a site keeps, and all that it is made of. */
  private static long heapMegabytes(int size) {
    long before = usedAfterCollection();
    MeasuredSite site =
        new MeasuredSite(DepotSite.of(new Depot(size, CHANGING.share), CHANGING.style), true);
    for (int cycle = 0; cycle < 3; cycle++) {
      site.prepare();
      site.cycle();
    }
    long used = usedAfterCollection() - before;
    return site.nodes().isEmpty() ? 0 : Math.max(0, used) >> 20;
  }

  private static long usedAfterCollection() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void count() {
    line("%n## Bytes allocated in a cycle%n%n");
    line(
        "| site of %,d connectors | bytes per connector | lines of the result that are new |%n",
        TARGET_SIZE);
    line("|---|---:|---:|%n");
    for (Kind kind : KINDS) {
      MeasuredSite site =
          new MeasuredSite(
              DepotSite.of(new Depot(TARGET_SIZE, kind.share), kind.style), kind.changing);
      for (int cycle = 0; cycle < 200; cycle++) {
        site.prepare();
        site.cycle();
      }
      count(kind, site);
    }
  }

  private void count(Kind kind, MeasuredSite site) {
    long bytes = 0;
    long fresh = 0;
    for (int cycle = 0; cycle < CYCLES_COUNTED; cycle++) {
      List<NodeAllocation> before = site.nodes();
      site.prepare();
      long start = THREADS.getCurrentThreadAllocatedBytes();
      site.cycle();
      bytes += THREADS.getCurrentThreadAllocatedBytes() - start;
      for (int node = 0; node < before.size(); node++) {
        fresh += before.get(node) == site.nodes().get(node) ? 0 : 1;
      }
    }
    double cycles = CYCLES_COUNTED;
    line(
        "| %s | %.1f | %.0f of %,d |%n",
        kind.title, bytes / cycles / TARGET_SIZE, fresh / cycles, site.nodes().size());
  }

  private String fault(boolean bad) {
    missed |= bad;
    return bad ? " MISSED" : "";
  }

  private static String millis(double nanos) {
    double millis = nanos / 1e6;
    return String.format(
        Locale.ROOT, millis < 0.1 ? "%.4f" : millis < 10 ? "%.3f" : "%.1f", millis);
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
