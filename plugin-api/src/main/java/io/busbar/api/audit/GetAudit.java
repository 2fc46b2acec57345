package io.busbar.api.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for a page of the audit, newest first. What is absent does not narrow.
 *
 * @param microgridId only events of this site
 * @param topic only this topic, with version
 * @param actor only what this one caused
 * @param correlationId only what belongs together
 * @param from not before (inclusive)
 * @param to before (exclusive)
 * @param before only what is older than this place: the last one of the page before
 * @param limit at most this many, 1 to 500
 */
public record GetAudit(
    Optional<UUID> microgridId,
    Optional<String> topic,
    Optional<String> actor,
    Optional<String> correlationId,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<AuditPlace> before,
    int limit) {

  /** Most events of one page. */
  public static final int MOST = 500;

  public GetAudit {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit " + limit + ": expected 1 to " + MOST);
    }
  }
}
