package io.busbar.balancing.decide;

import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What power sources feed in, seen from both sides: at most, because a meter above shows that much
 * less load than there is; and for sure, because that much may be set off under a net limit.
 *
 * <p>Nothing is for sure that was not measured lately. Of what was, a part may be gone before
 * anything can be lowered: a share of it, and at least as much as fell of late from one cycle to
 * the next.
 */
final class Generation {

  private static final long[] NONE = {};

  private final SiteTree tree;
  private final Policy policy;
  private final Checks checks;
  private final Snapshot snapshot;

  /** By node; empty where there are no sources. */
  private final long[] atMost;

  private final long[] measured;

  /** By node; empty where nothing is set off. */
  private final long[] credit;

  private final MeterMemory[] memories;

  Generation(SiteTree tree, Policy policy, Checks checks, Snapshot snapshot) {
    this.tree = tree;
    this.policy = policy;
    this.checks = checks;
    this.snapshot = snapshot;
    boolean any = !tree.sources().isEmpty();
    this.atMost = any ? new long[tree.size()] : NONE;
    this.measured = any ? new long[tree.size()] : NONE;
    this.credit = any && tree.limits().isAnyNet() ? new long[tree.size()] : NONE;
    this.memories = new MeterMemory[tree.sources().size()];
  }

  /**
   * What a source takes.
   *
   * @param isKnown whether it was measured; else it is taken to be at its ratings
   * @param takenWatts most it may be taking
   * @param measuredTakenWatts what it is measured to take
   * @param wrong which check its newest value failed
   */
  record Seen(boolean isKnown, int takenWatts, int measuredTakenWatts, Optional<Check> wrong) {}

  /** Looks at a source. */
  Seen look(int number) {
    PowerSource source = tree.sources().get(number);
    SourceInput input = snapshot.sources().get(number);
    Optional<Check> wrong = checks.source(source, input);
    if (wrong.isPresent() || !checks.isFresh(input.heard(), input.measuredAt())) {
      atMost[source.node()] = source.maxExportWatts();
      memories[number] = input.memory();
      return new Seen(false, source.maxImportWatts(), 0, wrong);
    }
    int now = input.powerWatts();
    boolean doubted = isDoubted(source, input);
    int before = doubted ? input.memory().lastGoodWatts() : now;
    atMost[source.node()] = Math.max(0, -Math.min(now, before));
    measured[source.node()] = Math.max(0, -now);
    Rise drop = drop(input.memory(), now);
    if (credit.length > 0) {
      credit[source.node()] = sure(-Math.max(now, before), drop);
    }
    memories[number] =
        doubted
            ? input.memory().doubting(input.measuredAt())
            : MeterMemory.of(now, input.measuredAt(), drop);
    Optional<Check> jump = doubted ? Optional.of(Check.JUMP) : Optional.empty();
    return new Seen(true, Math.max(0, Math.max(now, before)), Math.max(0, now), jump);
  }

  /** A change that is too large counts when a second reading says the same. */
  private boolean isDoubted(PowerSource source, SourceInput input) {
    MeterMemory memory = input.memory();
    long change = Math.abs((long) input.powerWatts() - memory.lastGoodWatts());
    Instant at = input.measuredAt();
    return memory.isKnown()
        && change > checks.jump(source)
        && memory.doubtedAt().filter(at::isAfter).isEmpty();
  }

  /** The largest fall of generation of late. */
  private Rise drop(MeterMemory memory, int now) {
    int more = now - memory.lastGoodWatts();
    boolean fell = memory.isKnown() && memory.lastGoodWatts() < 0 && more > 0;
    int fallen = fell ? Math.min(more, -memory.lastGoodWatts()) : 0;
    return memory.rise().or(fallen, snapshot.at(), policy.riseMemory());
  }

  private long sure(int generating, Rise drop) {
    double share = generating * policy.generationDropPercent() / 100;
    return Math.max(0, (long) (generating - Math.max(drop.watts(), share)));
  }

  void addTo(int parent, int node) {
    if (atMost.length > 0) {
      atMost[parent] += atMost[node];
      measured[parent] += measured[node];
    }
    if (credit.length > 0) {
      credit[parent] += credit[node];
    }
  }

  /** Most that sources at and below a node may be feeding in. */
  long atMost(int node) {
    return atMost.length == 0 ? 0 : atMost[node];
  }

  /** What they are measured to feed in. */
  long measuredAt(int node) {
    return measured.length == 0 ? 0 : measured[node];
  }

  long[] measured() {
    return measured;
  }

  long[] credit() {
    return credit;
  }

  List<MeterMemory> memories() {
    return List.of(memories);
  }
}
