package io.busbar.simulator;

/**
 * How a nearly full battery takes less: all of its power up to 80 % state of charge, from there on
 * in a straight line to a twentieth at 100 %, so that it gets full in the end.
 */
final class Taper {

  private static final double FROM = 0.8;
  private static final double LEAST = 0.05;

  private Taper() {}

  /** Share of its power that a battery takes at a state of charge between 0 and 1. */
  static double share(double charge) {
    return charge <= FROM ? 1 : 1 - (1 - LEAST) * Math.min(1, (charge - FROM) / (1 - FROM));
  }

  /** The lowest state of charge at which it takes no more than a share of its power. */
  static double chargeAt(double share) {
    return share >= 1 ? FROM : FROM + (1 - FROM) * Math.min(1, (1 - share) / (1 - LEAST));
  }
}
