package io.busbar.api.topology;

import java.util.List;
import java.util.UUID;

/** Reply to {@link SaveControlPoint}. */
public sealed interface ControlPointReply {

  /** Stored and told; {@code changed} is false when it was like that already. */
  record Saved(ControlPoint controlPoint, boolean changed) implements ControlPointReply {}

  /** There is no control point with that id. */
  record NotFound(UUID controlPointId) implements ControlPointReply {}

  /**
   * Nothing is stored; rules are {@code UNKNOWN_NODE}, {@code DUPLICATE_CONTROL_POINT}, {@code
   * SCHEDULE_NOT_LOCAL} and {@code CONTROL_SOURCE_MISMATCH}.
   */
  record Invalid(List<Violation> violations) implements ControlPointReply {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
