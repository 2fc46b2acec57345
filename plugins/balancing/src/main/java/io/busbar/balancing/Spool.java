package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cycles waiting on disk for the database, one line of JSON each, oldest first. Bounded: from a
 * thousand waiting cycles on, newer ones lose their detail per node; from a hundred thousand on
 * they are dropped. Used by one thread.
 */
final class Spool {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int WITH_DETAIL = 1_000;
  private static final int MOST = 100_000;

  private final Path file;
  private final Deque<String> lines = new ArrayDeque<>();
  private int dropped;

  /** Opens a spool; what an earlier run left in it comes first. */
  Spool(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file).stream().filter(line -> line.endsWith("}")).forEach(lines::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  int size() {
    return lines.size();
  }

  void append(List<CycleCompleted> events) {
    List<String> added = new ArrayList<>();
    for (CycleCompleted event : events) {
      if (lines.size() < MOST) {
        String line = RecordJson.encode(lines.size() < WITH_DETAIL ? event : brief(event));
        lines.add(line);
        added.add(line);
      } else if (dropped++ == 0) {
        LOG.error("{} cycles wait for the database: newer ones are dropped from now on", MOST);
      }
    }
    try {
      Files.write(file, added, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.error("waiting cycles cannot be written to {}: {}", file, e.getMessage());
    }
  }

  /** The oldest ones. */
  List<CycleCompleted> first(int most) {
    return lines.stream()
        .limit(most)
        .map(line -> RecordJson.decode(line, CycleCompleted.class))
        .toList();
  }

  /** Forgets the oldest ones. */
  void drop(int count) {
    for (int i = 0; i < count; i++) {
      lines.poll();
    }
    try {
      if (lines.isEmpty()) {
        Files.deleteIfExists(file);
        dropped = 0;
      } else {
        Files.write(file, lines);
      }
    } catch (IOException e) {
      LOG.error("{} cannot be shortened: {}", file, e.getMessage());
    }
  }

  private static CycleCompleted brief(CycleCompleted event) {
    CycleResult cycle = event.cycle();
    AllocationSummary all = cycle.allocationSummary();
    return new CycleCompleted(
        event.eventId(),
        event.occurredAt(),
        event.actor(),
        event.correlationId(),
        event.microgridId(),
        new CycleResult(
            cycle.cycleId(),
            cycle.microgridId(),
            cycle.nodeId(),
            cycle.topologyVersion(),
            cycle.startedAt(),
            cycle.endedAt(),
            cycle.outcome(),
            cycle.reasonCodes(),
            new AllocationSummary(
                all.requestedWatts(), all.allocatedWatts(), all.uncontrolledWatts(), List.of()),
            cycle.breaches(),
            cycle.audit()));
  }
}
