package io.busbar.balancing.decide;

import io.busbar.api.balancing.SourceMode;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the {@link Demand} of a snapshot, from the leaves upwards.
 *
 * <p>A meter shows the whole below it; what answering connectors draw is taken off, what sources
 * feed in is put back, because generation gives no credit. What remains is uncontrolled and
 * replaces what meters further down say of the same load. A connector that does not answer is part
 * of the uncontrolled load with all it may be drawing, on top of what the meter shows: it may begin
 * at any time.
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
  private final int size;
  private final long[] drawn;
  private final long[] generated;
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

  private DemandResolution(SiteTree tree, Policy policy, Snapshot snapshot) {
    this.tree = tree;
    this.policy = policy;
    this.snapshot = snapshot;
    this.size = tree.size();
    this.drawn = new long[size];
    this.generated = new long[size];
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

  static Demand resolve(SiteTree tree, Policy policy, Snapshot snapshot) {
    return new DemandResolution(tree, policy, snapshot).resolve();
  }

  private Demand resolve() {
    Arrays.fill(mode, SourceMode.MEASURED);
    Arrays.fill(blind, Demand.NOBODY);
    Arrays.fill(waiting, Demand.NOBODY);
    tree.connectors().forEach(this::connector);
    for (int i = 0; i < tree.sources().size(); i++) {
      source(tree.sources().get(i), snapshot.sources().get(i));
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
    return new Demand(
        uncontrolled,
        unanswered,
        effective,
        mode,
        blind,
        waiting,
        measured,
        List.of(memories(memories)),
        derived,
        missing);
  }

  private void connector(ConnectorRating connector) {
    ConnectorInput input = snapshot.connectors().get(connector.number());
    int node = connector.node();
    drawn[node] = input.drawWatts();
    measured[node] = input.drawWatts();
    if (!input.answering()) {
      unanswered[node] = input.bookedWatts();
      unsure[node] = true;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      derived.add(tree.node(node).asset().orElseThrow().ref() + BOOKED);
    }
  }

  private void source(PowerSource source, SourceInput input) {
    int node = source.node();
    boolean fresh = input.heard() && isFresh(input.measuredAt());
    if (fresh) {
      generated[node] = Math.max(0, -input.powerWatts());
      other[node] = Math.max(0, input.powerWatts());
      measured[node] = other[node];
    } else {
      generated[node] = source.maxExportWatts();
      other[node] = source.maxImportWatts();
      unsure[node] = true;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      derived.add(source.ref() + ":RATED");
    }
  }

  private void meter(int node, int number) {
    MeterInput input = snapshot.meters().get(number);
    if (input.heard() && isFresh(input.measuredAt())) {
      long gross = input.powerWatts() + generated[node];
      other[node] = Math.max(0, gross - drawn[node]);
      measured[node] = Math.max(0, gross);
      mode[node] = SourceMode.MEASURED;
      effective[node] = OptionalInt.of(input.powerWatts());
      unsure[node] = false;
      Rise rise = rise(input, clamp(other[node]));
      kept[node] = keptFree(node, rise);
      memories[number] = new MeterMemory(clamp(other[node]), OptionalInt.empty(), rise);
    } else if (input.awaited()) {
      waiting[node] = number;
      mode[node] = SourceMode.FALLBACK_DERIVED;
      unsure[node] = true;
      memories[number] = MeterMemory.NONE;
    } else {
      derive(node, number, input);
    }
  }

  /** The largest rise of late; the first load ever seen is none. */
  private Rise rise(MeterInput input, int load) {
    int risen = input.lastGoodWatts() > 0 ? Math.max(0, load - input.lastGoodWatts()) : 0;
    boolean lasts = input.rise().at().plus(policy.riseMemory()).isAfter(snapshot.at());
    return lasts && risen < input.rise().watts() ? input.rise() : new Rise(risen, snapshot.at());
  }

  private long keptFree(int node, Rise rise) {
    boolean keeps = policy.riseMemory().isPositive() && tree.limits().bounds(node);
    double most = keeps ? tree.limits().watts(node) * policy.riseMostPercent() / 100 : 0;
    return Math.min(rise.watts(), (long) most);
  }

  private void derive(int node, int number, MeterInput input) {
    Meter meter = tree.meters().get(number);
    mode[node] = SourceMode.FALLBACK_DERIVED;
    measured[node] = 0;
    for (Fallback fallback : meter.fallback()) {
      OptionalInt load =
          switch (fallback.policy()) {
            case LAST_GOOD -> lastGood(input, fallback);
            case FIXED -> assumed(node, input, fallback.watts().orElse(0));
            case RATED -> assumed(node, input, rated(node));
          };
      if (load.isPresent()) {
        boolean assumes = fallback.policy() != Fallback.Policy.LAST_GOOD;
        other[node] = load.getAsInt();
        kept[node] = assumes ? 0 : keptFree(node, input.rise());
        unsure[node] = false;
        memories[number] =
            new MeterMemory(
                input.lastGoodWatts(), assumes ? load : OptionalInt.empty(), input.rise());
        derived.add(meter.ref() + ":" + fallback.policy());
        return;
      }
    }
    blind[node] = number;
    unsure[node] = true;
    missing.add(meter.ref());
    memories[number] = new MeterMemory(input.lastGoodWatts(), OptionalInt.empty(), input.rise());
  }

  private OptionalInt lastGood(MeterInput input, Fallback fallback) {
    boolean young =
        input.heard()
            && !input
                .measuredAt()
                .plusSeconds(fallback.maxAgeSeconds().orElse(0))
                .isBefore(snapshot.at());
    return young ? OptionalInt.of(input.lastGoodWatts()) : OptionalInt.empty();
  }

  private OptionalInt assumed(int node, MeterInput input, long totalWatts) {
    return input.assumedWatts().isPresent()
        ? input.assumedWatts()
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
        : OptionalInt.of(clamp(drawn[node] + other[node] - generated[node]));
  }

  private void addTo(int parent, int node) {
    drawn[parent] += drawn[node];
    generated[parent] += generated[node];
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

  private boolean isFresh(Instant measuredAt) {
    return policy.isFresh(measuredAt, snapshot.at());
  }

  private static int clamp(long watts) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, watts));
  }
}
