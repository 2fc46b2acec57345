package io.busbar.balancing.record;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.wire.RecordJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cycles that wait for the database, oldest first. The newest are in memory, older ones in files.
 * Never grows beyond its bounds: when the files are full, the oldest cycles lose their inputs and
 * their detail per node, and when even that is not enough, they are dropped. For one thread at a
 * time.
 */
final class Spool {

  private static final int BATCH = 500;

  /**
   * So many are kept in memory while the database answers, if slowly: a few seconds of ten thousand
   * sites. Files would only make it slower.
   */
  private static final int MOST_WHILE_IT_ANSWERS = 20_000;

  private final SpoolFiles files;
  private final int mostInMemory;
  private final Deque<Kept> memory = new ArrayDeque<>();

  /**
   * @param mostInMemory how many cycles are kept in memory, while the database is away, before
   *     older ones go to files
   */
  Spool(SpoolFiles files, int mostInMemory) {
    this.files = files;
    this.mostInMemory = mostInMemory;
  }

  boolean isEmpty() {
    return memory.isEmpty() && files.isEmpty();
  }

  /** How much waits, for people. */
  String state() {
    String state =
        "cycles wait for the database: %d in memory, %,d bytes on disk"
            .formatted(memory.size(), files.bytes());
    return files.dropped() == 0 ? state : state + ", " + files.dropped() + " had to be dropped";
  }

  /**
   * Adds the newest.
   *
   * @param away whether it may take long until the database takes any
   */
  void add(Kept cycle, boolean away) {
    memory.add(cycle);
    int most = away ? mostInMemory : MOST_WHILE_IT_ANSWERS;
    if (memory.size() > most) {
      spill(memory.size() - most - 1 + Math.max(1, most / 2));
    }
  }

  /** Brings everything to disk, where it survives the end of the process. */
  void save() {
    spill(memory.size());
  }

  private void spill(int count) {
    List<String> lines = new ArrayList<>(count);
    Set<String> frames = new HashSet<>();
    for (int i = 0; i < count && !memory.isEmpty(); i++) {
      lines.add(RecordJson.encode(sparing(memory.poll(), frames)));
    }
    if (!lines.isEmpty()) {
      files.append(lines);
    }
  }

  /** What is written together names each frame once, with the first cycle that it holds for. */
  private static Kept sparing(Kept kept, Set<String> frames) {
    return kept.with(
        kept.inputs()
            .map(inputs -> frames.add(inputs.frame()) ? inputs : inputs.with(new byte[0])));
  }

  /** The reverse of {@link #sparing}; inputs whose frame is not there are of no use. */
  private static Kept whole(Kept kept, Map<String, byte[]> frames) {
    return kept.with(
        kept.inputs()
            .flatMap(
                inputs -> {
                  if (inputs.packedFrame().length > 0) {
                    frames.put(inputs.frame(), inputs.packedFrame());
                  }
                  return Optional.ofNullable(frames.get(inputs.frame())).map(inputs::with);
                }));
  }

  /** The oldest cycles, to be {@linkplain #remove removed} once they are stored. */
  List<Kept> oldest() {
    if (!files.isEmpty()) {
      Map<String, byte[]> frames = new HashMap<>();
      return files.oldest().stream()
          .map(line -> whole(RecordJson.decode(line, Kept.class), frames))
          .toList();
    }
    return memory.stream().limit(BATCH).toList();
  }

  /** Removes what {@link #oldest} gave. */
  void remove(List<Kept> stored) {
    if (!files.isEmpty()) {
      files.removeOldest();
    } else {
      for (int i = 0; i < stored.size(); i++) {
        memory.poll();
      }
    }
  }

  /** A line without the detail per node and without the inputs. */
  static String brief(String line) {
    Kept kept = RecordJson.decode(line, Kept.class);
    CycleCompleted event = kept.completed();
    return RecordJson.encode(
        new Kept(
            kept.requested(),
            new CycleCompleted(
                event.eventId(),
                event.occurredAt(),
                event.actor(),
                event.correlationId(),
                event.microgridId(),
                brief(event.cycle())),
            Optional.empty(),
            kept.breaches(),
            kept.resolved()));
  }

  private static CycleResult brief(CycleResult cycle) {
    AllocationSummary all = cycle.allocationSummary();
    return new CycleResult(
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
        cycle.audit());
  }
}
