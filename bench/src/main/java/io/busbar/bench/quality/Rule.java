package io.busbar.bench.quality;

import java.util.List;

/** Decides what vehicles may draw. */
interface Rule {

  /**
   * Decides once.
   *
   * @param now milliseconds
   * @param vehicles those that want energy
   * @return watts, by connector
   */
  int[] watts(long now, List<Vehicle> vehicles);
}
