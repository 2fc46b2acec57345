package io.busbar.simulator;

import java.util.SplittableRandom;

/** Noise that can be asked for at any point and is the same every time. */
final class Noise {

  private Noise() {}

  /** A value between −1 and 1 that follows from seed and point alone. */
  static double at(long seed, long point) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ point).nextDouble(-1, 1);
  }
}
