package io.busbar.api.balancing;

import io.busbar.api.topology.Violation;
import java.util.List;
import java.util.UUID;

/** Reply to {@link SaveSession} and {@link EndSession}. */
public sealed interface SessionReply {

  /** Stored and in force; {@code changed} is false when it was like that already. */
  record Saved(SiteSession session, boolean changed) implements SessionReply {}

  /** There is no such session, and nothing was said of where it should begin. */
  record NotFound(UUID sessionId) implements SessionReply {}

  /**
   * Nothing is stored.
   *
   * @param violations every rule broken, at least one; rules are {@code
   *     SESSION_OF_ANOTHER_MICROGRID}, {@code SESSION_ENDED}, {@code SESSION_MOVED}, {@code
   *     UNKNOWN_NODE}, {@code NOT_A_CONNECTOR}, {@code CONNECTOR_OCCUPIED}, {@code
   *     PLUGGED_IN_OUT_OF_RANGE}, {@code DEPARTURE_OUT_OF_RANGE}, {@code ENERGY_OUT_OF_RANGE},
   *     {@code BAD_WEIGHT}, {@code VEHICLE_LIMIT_OUT_OF_RANGE} and {@code UNPLUGGED_OUT_OF_RANGE}
   */
  record Refused(List<Violation> violations) implements SessionReply {
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
