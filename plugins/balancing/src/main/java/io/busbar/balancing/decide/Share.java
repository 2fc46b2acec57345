package io.busbar.balancing.decide;

/**
 * What one connector gets and why not more.
 *
 * @param wantedWatts what its vehicle wants
 * @param watts what it gets
 * @param reason what stopped it
 * @param node the node that did; of no meaning when nothing did
 * @param conductor number of the node's conductor that did, {@link #POWER} when it was not a
 *     current
 */
public record Share(int wantedWatts, int watts, Reason reason, int node, int conductor) {

  /** In place of a conductor. */
  public static final int POWER = -1;

  Share(int wantedWatts, int watts, Reason reason, int node) {
    this(wantedWatts, watts, reason, node, POWER);
  }

  /** It wants nothing. */
  static final Share NOTHING = new Share(0, 0, Reason.MET, SiteTree.ROOT);

  /** What stops a connector. */
  public enum Reason {
    /** Nothing: it got what it wanted. */
    MET,
    /** The limit of a node at or above it. */
    LIMIT,
    /** How fast what is allowed below a node at or above it may rise. */
    RAMP,
    /** The connector itself: it cannot give as little as its vehicle can take. */
    RATING,
    /** A meter at a node at or above it, of which nothing usable is known. */
    METER,
    /** Its own device, which does not answer. */
    SILENCE,
    /** That it was paused a moment ago. */
    REST
  }

  /** The same, stopped by a conductor of the node. */
  Share by(int line) {
    return new Share(wantedWatts, watts, reason, node, line);
  }

  /** Whether it wants more than it gets. */
  public boolean isCut() {
    return watts < wantedWatts;
  }
}
