package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * A bound on one conductor: the magnitude of a sum of currents that are not in phase with each
 * other. Loads that are wired alike make a group; each watt of a group adds the same phasor.
 *
 * <p>A vehicle may take less than it is allowed at any time, so what counts is the most that could
 * flow: the largest magnitude over all subsets of the groups. That is the magnitude of them all
 * when no two of their phasors are more than 90 degrees apart, as on every conductor that loads
 * hang from directly; behind a delta-wye transformer they can be further apart.
 */
public final class LineLimit {

  private static final double NOTHING = 1e-15;
  private static final double QUARTER_TURN = Math.PI / 2;

  private final double amps;
  private final double[] real;
  private final double[] imaginary;

  /** Subsets of groups, as bits, of which one always has the largest magnitude. */
  private final int[] subsets;

  private final int groups;

  /**
   * A bound.
   *
   * @param amps most that may flow, ≥ 0
   * @param real by group: amperes that one watt adds, real part; 0 where it adds none
   * @param imaginary the same, imaginary part
   * @throws IllegalArgumentException if the bound is negative, or the groups are not 1 to 31
   */
  public LineLimit(double amps, double[] real, double[] imaginary) {
    this(amps, real.clone(), imaginary.clone(), mask(real, imaginary));
  }

  private LineLimit(double amps, double[] real, double[] imaginary, int groups) {
    this(amps, real, imaginary, groups, subsets(real, imaginary, groups));
  }

  private LineLimit(double amps, double[] real, double[] imaginary, int groups, int[] subsets) {
    if (!(amps >= 0)) {
      throw new IllegalArgumentException("line limit " + amps + " A, expected ≥ 0");
    }
    this.amps = amps;
    this.real = real;
    this.imaginary = imaginary;
    this.groups = groups;
    this.subsets = subsets;
  }

  private static int mask(double[] real, double[] imaginary) {
    if (real.length != imaginary.length || real.length < 1 || real.length > 31) {
      throw new IllegalArgumentException("expected 1 to 31 groups, in both parts the same number");
    }
    int mask = 0;
    for (int group = 0; group < real.length; group++) {
      mask |= Math.hypot(real[group], imaginary[group]) > NOTHING ? 1 << group : 0;
    }
    return mask;
  }

  /** Those on one side of a line through the origin; turning the line gives them all. */
  private static int[] subsets(double[] real, double[] imaginary, int groups) {
    double[] angle = new double[real.length];
    for (int group = 0; group < angle.length; group++) {
      angle[group] = Math.atan2(imaginary[group], real[group]);
    }
    if (isNarrow(angle, groups)) {
      return new int[] {groups};
    }
    int[] found = new int[2 * angle.length];
    int count = 0;
    for (int group = 0; group < angle.length; group++) {
      for (double side : new double[] {QUARTER_TURN - 1e-6, 1e-6 - QUARTER_TURN}) {
        int subset = (groups & 1 << group) == 0 ? 0 : within(angle, groups, angle[group] + side);
        found[count++] = subset;
      }
    }
    return Arrays.stream(found).filter(subset -> subset != 0).distinct().sorted().toArray();
  }

  private static boolean isNarrow(double[] angle, int groups) {
    for (int a = 0; a < angle.length; a++) {
      for (int b = 0; b < a; b++) {
        boolean both = (groups & 1 << a) != 0 && (groups & 1 << b) != 0;
        if (both && Math.cos(angle[a] - angle[b]) < -1e-9) {
          return false;
        }
      }
    }
    return true;
  }

  private static int within(double[] angle, int groups, double direction) {
    int subset = 0;
    for (int group = 0; group < angle.length; group++) {
      boolean in = (groups & 1 << group) != 0 && Math.cos(angle[group] - direction) > 0;
      subset |= in ? 1 << group : 0;
    }
    return subset;
  }

  /** The bound, in amperes. */
  public double amps() {
    return amps;
  }

  /** The same conductor with another bound, for example less what others draw. */
  public LineLimit withAmps(double other) {
    return new LineLimit(other, real, imaginary, groups, subsets);
  }

  /** How many groups there are; every limit of one tree has the same. */
  public int groupCount() {
    return real.length;
  }

  /** Whether loads of a group flow through it. */
  public boolean carries(int group) {
    return (groups & 1 << group) != 0;
  }

  /** Whether any of a set of groups, as bits, flows through it. */
  boolean carriesAny(int set) {
    return (groups & set) != 0;
  }

  int groups() {
    return groups;
  }

  /**
   * The most that may flow, in amperes.
   *
   * @param watts by group, from an index on: what loads are allowed, ≥ 0
   */
  public double flow(double[] watts, int from) {
    double most = 0;
    for (int subset : subsets) {
      most = Math.max(most, squared(subset, watts, from));
    }
    return Math.sqrt(most);
  }

  private double squared(int subset, double[] watts, int from) {
    double x = 0;
    double y = 0;
    for (int rest = subset; rest != 0; rest &= rest - 1) {
      int group = Integer.numberOfTrailingZeros(rest);
      x += real[group] * watts[from + group];
      y += imaginary[group] * watts[from + group];
    }
    return x * x + y * y;
  }

  /**
   * How far watts may go on growing along a straight line until it is full: where the last of the
   * subsets leaves its disk.
   *
   * @param watts by group: where they are
   * @param slope by group: by how much they grow, ≥ 0
   * @return the step, negative where they are too much already; infinite when it never is full; not
   *     a number when the line nowhere fits
   */
  double reach(double[] watts, double[] slope) {
    double least = Double.POSITIVE_INFINITY;
    for (int subset : subsets) {
      double step = reach(subset, watts, slope);
      if (!(step >= least)) {
        least = step;
      }
    }
    return least;
  }

  private double reach(int subset, double[] watts, double[] slope) {
    double x = 0;
    double y = 0;
    double dx = 0;
    double dy = 0;
    for (int rest = subset; rest != 0; rest &= rest - 1) {
      int group = Integer.numberOfTrailingZeros(rest);
      x += real[group] * watts[group];
      y += imaginary[group] * watts[group];
      dx += real[group] * slope[group];
      dy += imaginary[group] * slope[group];
    }
    double speed = dx * dx + dy * dy;
    if (speed == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double along = x * dx + y * dy;
    double room = amps * amps - x * x - y * y;
    return (Math.sqrt(along * along + speed * room) - along) / speed;
  }
}
