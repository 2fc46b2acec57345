package io.busbar.balancing.decide;

import io.busbar.api.balancing.SourceMode;
import java.util.List;
import java.util.OptionalInt;

/**
 * What every node draws, how much of it nobody controls, and how sure that is; arrays by node.
 *
 * @param uncontrolled load at and below a node that no set-point reaches, with what is kept free
 *     for its rise, in watts, never negative
 * @param unanswered the part of it that devices which do not answer may be drawing
 * @param effective what a node draws in all, in watts; empty where nothing is known
 * @param mode whether that was measured or derived
 * @param blind number of the meter at or above the node of which nothing usable is known, −1 where
 *     there is none: nothing is shared out below it
 * @param waiting number of the meter at or above the node that is still being waited for, −1 where
 *     there is none: nothing is raised below it
 * @param measured what is consumed at a node by measurement, or adds up from what is measured below
 *     it, in watts
 * @param generated what sources at and below a node are measured to feed in, in watts; empty where
 *     there are none
 * @param credit the part of it that is sure enough to be set off under a net limit; empty where no
 *     limit asks for it
 * @param lines currents of the uncontrolled load, where meters measure them
 * @param meters one for each meter: what to remember of it until the next cycle
 * @param sources the same, one for each power source
 * @param derived what was derived, each as {@code REF:POLICY}, and before it which check failed,
 *     each as {@code REF:CHECK}
 * @param failed by {@link Check}, in order of declaration: how many values failed it
 * @param missing refs of the meters of which nothing usable is known
 */
record Demand(
    long[] uncontrolled,
    long[] unanswered,
    OptionalInt[] effective,
    SourceMode[] mode,
    int[] blind,
    int[] waiting,
    long[] measured,
    long[] generated,
    long[] credit,
    LineLoads lines,
    List<MeterMemory> meters,
    List<MeterMemory> sources,
    List<String> derived,
    List<String> missing,
    int[] failed) {

  static final int NOBODY = -1;

  /** By node: the uncontrolled load without that of devices which do not answer. */
  long[] loads() {
    long[] loads = uncontrolled.clone();
    for (int node = 0; node < loads.length; node++) {
      loads[node] -= unanswered[node];
    }
    return loads;
  }

  /** Watts that sources at and below a node are measured to feed in. */
  long generatedAt(int node) {
    return generated.length == 0 ? 0 : generated[node];
  }

  /** Watts of that which may be set off under a net limit. */
  long creditAt(int node) {
    return credit.length == 0 ? 0 : credit[node];
  }

  /** Whether anything was derived, or could not even be that. */
  SourceMode siteMode() {
    return derived.isEmpty() && missing.isEmpty()
        ? SourceMode.MEASURED
        : SourceMode.FALLBACK_DERIVED;
  }
}
