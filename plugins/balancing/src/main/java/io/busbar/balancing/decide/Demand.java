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
 * @param measured what is measured at a node, or adds up from what is measured below it, in watts
 * @param meters one for each meter: what to remember of it until the next cycle
 * @param derived what was derived, each as {@code REF:POLICY}
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
    List<MeterMemory> meters,
    List<String> derived,
    List<String> missing) {

  static final int NOBODY = -1;

  /** By node: the uncontrolled load without that of devices which do not answer. */
  long[] loads() {
    long[] loads = uncontrolled.clone();
    for (int node = 0; node < loads.length; node++) {
      loads[node] -= unanswered[node];
    }
    return loads;
  }

  /** Whether anything was derived, or could not even be that. */
  SourceMode siteMode() {
    return derived.isEmpty() && missing.isEmpty()
        ? SourceMode.MEASURED
        : SourceMode.FALLBACK_DERIVED;
  }
}
