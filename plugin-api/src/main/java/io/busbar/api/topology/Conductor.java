package io.busbar.api.topology;

/**
 * A wire whose current is bounded beside the power of its asset: a line of a feeder, or one on the
 * other side of a transformer.
 *
 * @param name what people call it, unique among the wires of its asset
 * @param maxAmps most it carries, ≥ 0
 * @param carries how much of the current of each kind of load flows through it
 */
public record Conductor(String name, double maxAmps, Carries carries) {

  /**
   * How much of a load's current flows through the wire, per ampere that the load draws; negative
   * where it flows back. Loads on three lines count as one on each of them. Currents are in phase
   * with the voltage they are drawn at: L1 at 0°, L2 at −120°, L3 at 120°, L1L2 at 30°, L2L3 at
   * −90°, L3L1 at 150°.
   *
   * @param l1 of loads between L1 and neutral
   * @param l2 of loads between L2 and neutral
   * @param l3 of loads between L3 and neutral
   * @param l1l2 of loads between L1 and L2
   * @param l2l3 of loads between L2 and L3
   * @param l3l1 of loads between L3 and L1
   */
  public record Carries(double l1, double l2, double l3, double l1l2, double l2l3, double l3l1) {

    /** Line 1 of whatever hangs from it. */
    public static final Carries L1 = new Carries(1, 0, 0, 1, 0, -1);

    /** Line 2 of whatever hangs from it. */
    public static final Carries L2 = new Carries(0, 1, 0, -1, 1, 0);

    /** Line 3 of whatever hangs from it. */
    public static final Carries L3 = new Carries(0, 0, 1, 0, -1, 1);
  }
}
