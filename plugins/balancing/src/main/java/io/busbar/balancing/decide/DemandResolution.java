package io.busbar.balancing.decide;

import io.busbar.api.balancing.SourceMode;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the {@link Demand} of a snapshot, from the leaves upwards.
 *
 * <p>A meter shows the whole below it; what answering connectors draw is taken off, what sources
 * feed in is put back. What remains is uncontrolled and replaces what meters further down say of
 * the same load. A connector that does not answer is part of the uncontrolled load with all it may
 * be drawing, on top of what the meter shows: it may begin at any time.
 *
 * <p>A value that fails a {@link Check} counts as missing. A load that falls by more than anything
 * there can at once stays as it was until a second reading says the same; a rise counts at once.
 *
 * <p>A silent meter's load is derived when the silence begins and stays so while it lasts. Deriving
 * it anew from a fixed total every time would take each rise of the charging off the uncontrolled
 * load, and so allow the next rise.
 */
final class DemandResolution {

  /** Marks a device that does not answer among what was derived. */
  static final String BOOKED = ":BOOKED";

  private final SiteTree tree;
  private final Policy policy;
  private final Snapshot snapshot;
  private final Checks checks;
  private final Generation generation;
  private final LineLoads lines;
  private final int size;
  private final long[] drawn;
  private final long[] unanswered;
  private final long[] other;
  private final long[] kept;
  private final long[] measured;
  private final OptionalInt[] effective;
  private final boolean[] unsure;
  private final SourceMode[] mode;
  private final int[] blind;
  private final int[] waiting;
  private final MeterMemory[] memories;
  private final List<String> derived = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final int[] failed = new int[Check.values().length];

  private DemandResolution(SiteTree tree, Policy policy, Snapshot snapshot) {
    this.tree = tree;
    this.policy = policy;
    this.snapshot = snapshot;
    this.checks = new Checks(tree, policy, snapshot.at());
    this.generation = new Generation(tree, policy, checks, snapshot);
    this.lines = areCurrentsOfUse(tree, snapshot) ? new LineLoads(tree) : LineLoads.NONE;
    this.size = tree.size();
    this.drawn = new long[size];
    this.unanswered = new long[size];
    this.other = new long[size];
    this.kept = new long[size];
    this.measured = new long[size];
    this.effective = new OptionalInt[size];
    this.unsure = new boolean[size];
    this.mode = new SourceMode[size];
    this.blind = new int[size];
    this.waiting = new int[size];
    this.memories = new MeterMemory[tree.meters().size()];
  }

  private static boolean areCurrentsOfUse(SiteTree tree, Snapshot snapshot) {
    return tree.conductors().isAnyBounded()
        && snapshot.meters().stream().anyMatch(meter -> meter.amps().isPresent());
  }

  static Demand resolve(SiteTree tree, Policy policy, Snapshot snapshot) {
    return new DemandResolution(tree, policy, snapshot).resolve();
  }

  private Demand resolve() {
    Arrays.fill(mode, SourceMode.MEASURED);
    Arrays.fill(blind, Demand.NOBODY);
    Arrays.fill(waiting, Demand.NOBODY);
    tree.connectors().forEach(this::connector);
    for (int number = 0; number < tree.sources().size(); number++) {
      source(tree.sources().get(number), number);
    }
    long[] uncontrolled = new long[size];
    for (int node = size - 1; node >= 0; node--) {
      if (tree.meterAt(node) != Demand.NOBODY && tree.connectorAt(node) == Demand.NOBODY) {
        meter(node, tree.meterAt(node));
      }
      uncontrolled[node] = other[node] + unanswered[node] + kept[node];
      if (effective[node] == null) {
        effective[node] = effective(node);
      }
      if (node != SiteTree.ROOT) {
        addTo(tree.parent(node), node);
      }
    }
    inherit();
    return demand(uncontrolled);
  }

  private Demand demand(long[] uncontrolled) {
    return new Demand(
        uncontrolled,
        unanswered,
        effective,
        mode,
        blind,
        waiting,
        measured,
        generation.measured(),
        generation.credit(),
        lines,
        List.of(memories(memories)),
        generation.memories(),
        derived,
        missing,
        failed);
  }

  private void connector(ConnectorRating connector) {
    ConnectorInput input = snapshot.connectors().get(connector.number());
    int node = connector.node();
    Optional<Check> wrong = checks.connector(connector, input);
    if (wrong.isEmpty()) {
      drawn[node] = Math.max(0, input.drawWatts());
      measured[node] = drawn[node];
      lines.draw(connector, drawn[node]);
    } else {
      derived(node, wrong.get(), ref(connector));
    }
    if (!input.answering()) {
      unanswered[node] = input.bookedWatts();
      unsure[node] = true;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      derived.add(ref(connector) + BOOKED);
    }
  }

  private String ref(ConnectorRating connector) {
    return tree.node(connector.node()).asset().orElseThrow().ref();
  }

  private void derived(int node, Check check, String ref) {
    mode[node] = SourceMode.FALLBACK_DERIVED;
    failed[check.ordinal()]++;
    derived.add(check.of(ref));
  }

  private void source(PowerSource source, int number) {
    Generation.Seen seen = generation.look(number);
    int node = source.node();
    other[node] = seen.takenWatts();
    measured[node] = seen.measuredTakenWatts();
    seen.wrong().ifPresent(check -> derived(node, check, source.ref()));
    if (!seen.isKnown()) {
      unsure[node] = true;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      derived.add(source.ref() + ":RATED");
    }
  }

  private void meter(int node, int number) {
    MeterInput input = snapshot.meters().get(number);
    Meter meter = tree.meters().get(number);
    Optional<Check> wrong = checks.meter(number, input, drawn[node] - generation.atMost(node));
    lines.forget(node);
    if (wrong.isEmpty() && checks.isFresh(input.heard(), input.measuredAt())) {
      measured(node, number, input);
    } else if (input.awaited()) {
      waiting[node] = number;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      unsure[node] = true;
      memories[number] = MeterMemory.NONE;
    } else {
      wrong.ifPresent(check -> derived(node, check, meter.ref()));
      derive(node, number, input, wrong.equals(FROZEN));
    }
  }

  private static final Optional<Check> FROZEN = Optional.of(Check.FROZEN);

  private void measured(int node, int number, MeterInput input) {
    MeterMemory memory = input.memory();
    int load = clamp(Math.max(0, input.powerWatts() + generation.atMost(node) - drawn[node]));
    measured[node] = Math.max(0, input.powerWatts() + generation.measuredAt(node));
    mode[node] = SourceMode.MEASURED;
    effective[node] = OptionalInt.of(input.powerWatts());
    unsure[node] = false;
    if (falls(node, number, load) && !isSecond(memory, input.measuredAt())) {
      other[node] = memory.lastGoodWatts();
      kept[node] = keptFree(node, memory.rise());
      memories[number] = memory.doubting(input.measuredAt());
      derived(node, Check.JUMP, tree.meters().get(number).ref());
      return;
    }
    other[node] = load;
    Rise rise = rise(memory, load);
    kept[node] = keptFree(node, rise);
    memories[number] = MeterMemory.of(load, input.measuredAt(), rise);
    input.amps().ifPresent(amps -> currents(node, number, input, amps));
  }

  private boolean falls(int node, int number, int load) {
    MeterMemory memory = snapshot.meters().get(number).memory();
    long fall = (long) memory.lastGoodWatts() - load;
    return fall > 0 && fall > checks.jump(node, tree.meters().get(number));
  }

  private static boolean isSecond(MeterMemory memory, Instant measuredAt) {
    return memory.doubtedAt().filter(measuredAt::isAfter).isPresent();
  }

  /** Currents that make less than the power that was read with them are not of this meter. */
  private void currents(int node, int number, MeterInput input, LineAmps amps) {
    if (lines.isEmpty()) {
      return;
    }
    if (checks.areCurrents(node, amps, input.powerWatts())) {
      double perWatt = tree.conductors().mostLineAmpsPerWatt(policy.imbalancePercent() / 100);
      lines.measure(node, amps, other[node], perWatt * generation.atMost(node));
    } else {
      derived(node, Check.CURRENTS, tree.meters().get(number).ref());
    }
  }

  /** The largest rise of late; the first load ever seen is none. */
  private Rise rise(MeterMemory memory, int load) {
    int risen = memory.lastGoodWatts() > 0 ? Math.max(0, load - memory.lastGoodWatts()) : 0;
    return memory.rise().or(risen, snapshot.at(), policy.riseMemory());
  }

  private long keptFree(int node, Rise rise) {
    boolean keeps = policy.riseMemory().isPositive() && tree.limits().bounds(node);
    double most = keeps ? tree.limits().watts(node) * policy.riseMostPercent() / 100 : 0;
    return Math.min(rise.watts(), (long) most);
  }

  private void derive(int node, int number, MeterInput input, boolean frozen) {
    Meter meter = tree.meters().get(number);
    MeterMemory memory = input.memory();
    mode[node] = SourceMode.FALLBACK_DERIVED;
    measured[node] = 0;
    for (Fallback fallback : meter.fallback()) {
      OptionalInt load =
          switch (fallback.policy()) {
            case LAST_GOOD -> lastGood(input, fallback, frozen);
            case FIXED -> assumed(node, input, fallback.watts().orElse(0));
            case RATED -> assumed(node, input, rated(node));
          };
      if (load.isPresent()) {
        boolean assumes = fallback.policy() != Fallback.Policy.LAST_GOOD;
        other[node] = load.getAsInt();
        kept[node] = assumes ? 0 : keptFree(node, memory.rise());
        unsure[node] = false;
        memories[number] = memory.assuming(assumes ? load : OptionalInt.empty());
        derived.add(meter.ref() + ":" + fallback.policy());
        return;
      }
    }
    blind[node] = number;
    unsure[node] = true;
    missing.add(meter.ref());
    memories[number] = memory.assuming(OptionalInt.empty());
  }

  /** The last good value of a meter that repeats itself is as old as the first of its kind. */
  private OptionalInt lastGood(MeterInput input, Fallback fallback, boolean frozen) {
    MeterMemory memory = input.memory();
    boolean sooner = frozen && input.sameSince().isBefore(memory.goodAt());
    Instant read = sooner ? input.sameSince() : memory.goodAt();
    boolean young =
        memory.isKnown()
            && !read.plusSeconds(fallback.maxAgeSeconds().orElse(0)).isBefore(snapshot.at());
    return young ? OptionalInt.of(memory.lastGoodWatts()) : OptionalInt.empty();
  }

  private OptionalInt assumed(int node, MeterInput input, long totalWatts) {
    return input.memory().assumedWatts().isPresent()
        ? input.memory().assumedWatts()
        : OptionalInt.of(clamp(Math.max(0, totalWatts - drawn[node])));
  }

  /** What everything below could draw at most. */
  private long rated(int top) {
    long sum = 0;
    for (ConnectorRating connector : tree.connectors()) {
      sum += tree.isWithin(top, connector.node()) ? connector.maxWatts() : 0;
    }
    for (PowerSource source : tree.sources()) {
      sum += tree.isWithin(top, source.node()) ? source.maxImportWatts() : 0;
    }
    return sum;
  }

  private OptionalInt effective(int node) {
    return unsure[node]
        ? OptionalInt.empty()
        : OptionalInt.of(clamp(drawn[node] + other[node] - generation.atMost(node)));
  }

  private void addTo(int parent, int node) {
    drawn[parent] += drawn[node];
    generation.addTo(parent, node);
    lines.addTo(parent, node);
    unanswered[parent] += unanswered[node];
    other[parent] += other[node];
    kept[parent] += kept[node];
    measured[parent] += measured[node];
    unsure[parent] |= unsure[node];
    if (mode[node] == SourceMode.FALLBACK_DERIVED) {
      mode[parent] = SourceMode.FALLBACK_DERIVED;
    }
  }

  /** What is not known of a node is not known of anything below it. */
  private void inherit() {
    for (int node = 1; node < size; node++) {
      int parent = tree.parent(node);
      blind[node] = blind[node] == Demand.NOBODY ? blind[parent] : blind[node];
      waiting[node] = waiting[node] == Demand.NOBODY ? waiting[parent] : waiting[node];
    }
  }

  private static MeterMemory[] memories(MeterMemory[] memories) {
    for (int i = 0; i < memories.length; i++) {
      memories[i] = memories[i] == null ? MeterMemory.NONE : memories[i];
    }
    return memories;
  }

  private static int clamp(long watts) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, watts));
  }
}
