package io.busbar.api.envelope;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks for envelopes, those received last first.
 *
 * @param nodeId only those of one node
 * @param statuses only in these; empty for any
 * @param limit at most this many, 1 to 500
 * @param cursor opaque, from the page before
 */
public record ListEnvelopes(
    Optional<UUID> nodeId,
    Set<OperatingEnvelope.Status> statuses,
    int limit,
    Optional<String> cursor) {
  public ListEnvelopes {
    statuses = Set.copyOf(statuses);
  }
}
