package io.busbar.api.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What physically happened, taken at every simulated second, independently of what anybody was
 * told.
 *
 * @param until time up to which it is complete
 * @param seconds simulated seconds
 * @param violations seconds at which some node or conductor was above its limit, summed over them
 * @param firstViolation the first of them
 * @param worstLoad per limited node, its highest load relative to its rating
 * @param worstLine how full the fullest conductor ever was, 1 for as much as it carries; 0 where
 *     none is bounded
 * @param sessions every stay that has begun
 * @param digest SHA-256 over every power of every second, hexadecimal
 */
public record FieldRecord(
    Instant until,
    long seconds,
    long violations,
    Optional<Violation> firstViolation,
    List<WorstLoad> worstLoad,
    double worstLine,
    List<Served> sessions,
    String digest) {

  public FieldRecord {
    worstLoad = List.copyOf(worstLoad);
    sessions = List.copyOf(sessions);
  }

  /**
   * A node above its rating, or the whole site, under the microgrid's id.
   *
   * @param conductor the conductor of the node that carries too much; absent for its power
   * @param load in watts; in amperes for a conductor
   * @param limit in the same unit
   */
  public record Violation(
      Instant at, UUID nodeId, Optional<String> conductor, double load, double limit) {}

  /** Highest load of a node, and when. */
  public record WorstLoad(UUID nodeId, int limitWatts, double watts, Instant at) {}

  /** What a stay got, in watt-hours. */
  public record Served(
      UUID sessionId, UUID nodeId, double requestedWattHours, double deliveredWattHours) {}
}
