package io.busbar.balancing.decide;

import io.busbar.api.topology.LineAmps;

/**
 * Currents of loads that nobody controls, by node and line, where meters measure them. What else is
 * known of such loads is their power alone.
 *
 * <p>A meter shows the magnitude of all that flows in a line. What connectors draw is taken off as
 * phasors; the direction of the rest is not known, so it is taken to be as far from theirs as that
 * of a load at a power factor of 0.87, or between two lines, can be. What sources feed in is put
 * back, because they may stop.
 */
final class LineLoads {

  static final int LINES = 3;

  /** No current is measured. */
  static final LineLoads NONE = new LineLoads();

  /** The current of a load is at most this far from the voltage of its line. */
  private static final double MOST_ANGLE = Math.toRadians(30);

  private final Conductors conductors;

  /** By node and line: amperes. */
  private final double[] amps;

  /** By node and line: what connectors draw, along the line's voltage and across it. */
  private final double[] along;

  private final double[] across;

  /** By node: the load that these are the currents of. */
  private final long[] watts;

  private LineLoads() {
    this.conductors = null;
    this.amps = new double[0];
    this.along = amps;
    this.across = amps;
    this.watts = new long[0];
  }

  LineLoads(SiteTree tree) {
    this.conductors = tree.conductors();
    this.amps = new double[tree.size() * LINES];
    this.along = new double[tree.size() * LINES];
    this.across = new double[tree.size() * LINES];
    this.watts = new long[tree.size()];
  }

  boolean isEmpty() {
    return watts.length == 0;
  }

  /** Amperes in a line of a node. */
  double amps(int node, int line) {
    return amps[node * LINES + line];
  }

  /** Watts that these currents belong to. */
  long watts(int node) {
    return isEmpty() ? 0 : watts[node];
  }

  /** A connector draws so much. */
  void draw(ConnectorRating connector, long drawn) {
    if (!isEmpty()) {
      for (int line = 0; line < LINES; line++) {
        Phasor perWatt = conductors.lineAmpsPerWatt(connector.number(), line);
        along[connector.node() * LINES + line] += perWatt.real() * drawn;
        across[connector.node() * LINES + line] += perWatt.imaginary() * drawn;
      }
    }
  }

  /** Of the load at a node only the power is known. */
  void forget(int node) {
    if (!isEmpty()) {
      for (int line = 0; line < LINES; line++) {
        amps[node * LINES + line] = 0;
      }
      watts[node] = 0;
    }
  }

  /**
   * The currents of a node were measured.
   *
   * @param load the load there that nobody controls, in watts
   * @param fedInAmps most that sources below may be taking off a line
   */
  void measure(int node, LineAmps measured, long load, double fedInAmps) {
    double[] read = {measured.l1(), measured.l2(), measured.l3()};
    for (int line = 0; line < LINES; line++) {
      int at = node * LINES + line;
      amps[at] = rest(read[line] + fedInAmps, along[at], across[at]);
    }
    watts[node] = load;
  }

  /** The largest current that makes so much together with what connectors draw. */
  private static double rest(double all, double along, double across) {
    double drawn = Math.hypot(along, across);
    double apart = Math.min(Math.PI / 2, MOST_ANGLE + Math.abs(Math.atan2(across, along)));
    double beside = drawn * Math.sin(apart);
    double left = Math.sqrt(Math.max(0, all * all - beside * beside)) - drawn * Math.cos(apart);
    return Math.max(0, left);
  }

  /** Adds a node to the one above it; behind another voltage its currents are others. */
  void addTo(int parent, int node) {
    if (isEmpty()) {
      return;
    }
    boolean same = conductors.isSameVoltage(parent, node);
    for (int line = 0; line < LINES; line++) {
      int from = node * LINES + line;
      int to = parent * LINES + line;
      amps[to] += same ? amps[from] : 0;
      along[to] += along[from];
      across[to] += across[from];
    }
    watts[parent] += same ? watts[node] : 0;
  }
}
