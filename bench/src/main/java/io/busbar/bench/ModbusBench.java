package io.busbar.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Five hundred Modbus chargers, each on a socket of its own, polled once a second by the whole of
 * Busbar; and by a bare loop, in the same process and against the same chargers.
 */
final class ModbusBench {

  private static final int CHARGERS = 500;
  private static final int WARM_UP_SECONDS = 30;
  private static final int SECONDS = 20;
  private static final int STEPS = 8;
  private static final int STEP_SECONDS = 4;
  private static final int CYCLE_SECONDS = 12;
  private static final double CPU_TARGET = 0.4;
  private static final double LATENCY_TARGET_MILLIS = 250;

  private final PrintStream out;
  private final Laps first = new Laps();
  private final Laps every = new Laps();
  private boolean missed;

  ModbusBench(PrintStream out) {
    this.out = out;
  }

  /** What one way to poll cost. */
  private record Cost(double cores, double reads) {}

  /** Measures and prints; false when a target is missed. */
  boolean run() throws Exception {
    try (ModbusFieldProcess field = new ModbusFieldProcess(CHARGERS)) {
      Cost busbar;
      try (ModbusSite site = new ModbusSite(field.ports())) {
        site.run(WARM_UP_SECONDS);
        busbar = busbar(site);
        for (int i = 0; i < STEPS; i++) {
          step(site, field);
        }
      }
      print(busbar, bare(field.ports()));
    }
    line("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private static Cost busbar(ModbusSite site) throws InterruptedException {
    double cpu = cpuSeconds();
    long began = System.nanoTime();
    long readings = site.readings();
    site.run(SECONDS);
    double wall = (System.nanoTime() - began) / 1e9;
    return new Cost((cpuSeconds() - cpu) / wall, (site.readings() - readings) / wall);
  }

  private static Cost bare(List<Integer> ports) throws InterruptedException {
    try (BareModbusLoop loop = new BareModbusLoop(ports)) {
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS / 2);
      double cpu = cpuSeconds();
      long began = System.nanoTime();
      long reads = loop.reads();
      TimeUnit.SECONDS.sleep(SECONDS);
      double wall = (System.nanoTime() - began) / 1e9;
      if (loop.failures() > 0) {
        throw new IllegalStateException(loop.failures() + " bare loops failed");
      }
      return new Cost((cpuSeconds() - cpu) / wall, (loop.reads() - reads) / wall);
    }
  }

  private static double cpuSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /**
   * The meter steps up, which is timed, and down again; that waits for the next cycle by schedule.
   */
  private void step(ModbusSite site, ModbusFieldProcess field) throws Exception {
    long at = site.step();
    site.run(STEP_SECONDS);
    List<Long> changes = field.changesAfter(at).stream().sorted().toList();
    if (changes.isEmpty()) {
      throw new IllegalStateException("nothing was set within " + STEP_SECONDS + " s of a step");
    }
    first.add(changes.getFirst() - at);
    changes.forEach(change -> every.add(change - at));
    site.step();
    site.run(CYCLE_SECONDS);
  }

  private void print(Cost busbar, Cost bare) {
    line("## Modbus: %d chargers, a socket each, polled once a second%n%n", CHARGERS);
    line(
        "Java %s, %d processors; the chargers are in another process.%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    line("| | of one core | ratio | polls a second | target |%n|---|---:|---:|---:|---|%n");
    line(
        "| j2mod's master, one read of 40 registers, virtual threads | %.1f %% | 1.0 | %.0f | |%n",
        100 * bare.cores, bare.reads);
    line(
        "| topology, balancing, driver: three reads a poll | %.1f %% | %.1f | %.0f | ≤ %.0f %%%s"
            + " |%n%n",
        100 * busbar.cores,
        busbar.cores / bare.cores,
        busbar.reads,
        100 * CPU_TARGET,
        fault(busbar.cores > CPU_TARGET));
    line("| from a meter's step to the device | times | median | p99 | most | target |%n");
    line("|---|---:|---:|---:|---:|---|%n");
    row("first set-point", first);
    row("every set-point that changed", every);
  }

  private void row(String name, Laps laps) {
    line(
        "| %s | %,d | %.0f ms | %.0f ms | %.0f ms | p99 ≤ %.0f ms%s |%n",
        name,
        laps.count(),
        laps.millis(0.5),
        laps.millis(0.99),
        laps.millis(1),
        LATENCY_TARGET_MILLIS,
        fault(laps.millis(0.99) > LATENCY_TARGET_MILLIS));
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
