package io.busbar.api.topology;

import java.util.List;
import java.util.UUID;

/** Reply to {@link SetNodeLimit}. */
public sealed interface NodeLimitReply {

  /** Stored and told; {@code changed} is false when it was like that already. */
  record Stored(NodeLimit limit, boolean changed) implements NodeLimitReply {}

  /** There is no limit with that id. */
  record NotFound(UUID nodeLimitId) implements NodeLimitReply {}

  /**
   * Nothing is stored; rules are {@code UNKNOWN_NODE}, {@code NEGATIVE_LIMIT}, {@code
   * DERIVED_LIMIT}, {@code LIMIT_ABOVE_RATING}, {@code LIMIT_MOVED} and {@code DUPLICATE_LIMIT}.
   */
  record Invalid(List<Violation> violations) implements NodeLimitReply {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
