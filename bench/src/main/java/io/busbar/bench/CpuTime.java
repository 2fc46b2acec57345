package io.busbar.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of this process and of a PostgreSQL server with all its children. */
final class CpuTime {

  /** Linux counts in hundredths of a second, whatever the processor. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TICKS = 11;
  private static final int WAITED_FOR_TICKS = 14;

  private final long postmaster;

  /**
   * A look at a server.
   *
   * @param data its folder, which says the number of its process
   */
  CpuTime(Path data) throws IOException {
    postmaster =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
  }

  /** Seconds of this process. */
  double own() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** Seconds of the server, those of children that are gone included. */
  double server() {
    ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
    double children = server.children().mapToDouble(child -> ticks(child.pid(), false)).sum();
    return (ticks(postmaster, true) + children) / TICKS_PER_SECOND;
  }

  private static double ticks(long pid, boolean withGone) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
      double sum = 0;
      for (int i = USER_TICKS; i < (withGone ? WAITED_FOR_TICKS + 1 : USER_TICKS + 2); i++) {
        sum += Long.parseLong(words[i]);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
