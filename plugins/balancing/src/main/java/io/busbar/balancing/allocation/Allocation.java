package io.busbar.balancing.allocation;

/**
 * Who gets how much, and what stopped each. Valid until the allocator that made it decides again.
 */
public final class Allocation {

  /** Why a connector did not get more. */
  public enum Cause {
    /** It has no request. */
    NO_REQUEST,
    /** It got all it wanted, which may be nothing. */
    DEMAND_MET,
    /** A node at or above it is full: the innermost of those that stopped it. */
    LIMITED,
    /**
     * It was not admitted: its minimum does not fit under a node beside what was admitted before;
     * the innermost such node.
     */
    PAUSED,
    /**
     * It can never start: its minimum is above its demand, or above a limit on its path; the
     * tightest such limit.
     */
    NEVER
  }

  static final int OWN_NODE = -1;
  static final int NO_NODE = -2;

  private static final Cause[] CAUSES = Cause.values();

  private final Forest forest;

  /** By place: the value before rounding. */
  final double[] exact;

  /** By place. */
  final int[] whole;

  /** By inner node: whole watts at or below it. */
  final long[] sums;

  /** By place: {@link Cause} in order of declaration. */
  private final byte[] cause;

  /** By place: an inner node, {@link #OWN_NODE} or {@link #NO_NODE}. */
  private final int[] stopper;

  Allocation(Forest forest) {
    this.forest = forest;
    exact = new double[forest.places()];
    whole = new int[forest.places()];
    sums = new long[forest.inners()];
    cause = new byte[forest.places()];
    stopper = new int[forest.places()];
  }

  void stop(int place, Cause why, int inner) {
    cause[place] = (byte) why.ordinal();
    stopper[place] = inner;
  }

  boolean isPaused(int place) {
    return cause[place] == Cause.PAUSED.ordinal();
  }

  /** Whole watts, rounded down; exact values a millionth below a whole number count as it. */
  public int watts(int connector) {
    return whole[forest.placeOfConnector[connector]];
  }

  /** The value before rounding. */
  public double exactWatts(int connector) {
    return exact[forest.placeOfConnector[connector]];
  }

  /** Why it is no more. */
  public Cause cause(int connector) {
    return CAUSES[cause[forest.placeOfConnector[connector]]];
  }

  /** Whether a node is the cause, so that {@link #boundBy} names it. */
  public boolean isBound(int connector) {
    return stopper[forest.placeOfConnector[connector]] != NO_NODE;
  }

  /**
   * The node that stopped a connector.
   *
   * @throws IllegalStateException if none did: it got what it wanted, or wants less than its
   *     minimum
   */
  public int boundBy(int connector) {
    int place = forest.placeOfConnector[connector];
    return switch (stopper[place]) {
      case NO_NODE ->
          throw new IllegalStateException("connector " + connector + " is " + cause(connector));
      case OWN_NODE -> forest.nodeOfPlace[place];
      default -> forest.nodeOfInner[stopper[place]];
    };
  }

  /** Whole watts of everything at and below a node. */
  public long wattsBelow(int node) {
    int inner = forest.innerOfNode[node];
    int place = forest.placeOfNode[node];
    if (inner >= 0) {
      return sums[inner];
    }
    return place >= 0 ? whole[place] : 0;
  }
}
