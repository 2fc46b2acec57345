package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks to begin a session, or to replace what was given for one that lasts. Asking again with the
 * same content changes nothing.
 *
 * @param sessionId identity, chosen by the asker; for a session that a device began, the one that
 *     the device told
 * @param nodeId the connector; needed to begin a session
 * @param pluggedInAt when it began; now when absent
 * @param needs all that is given; what is absent is the device's to say again
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record SaveSession(
    UUID sessionId,
    Optional<UUID> nodeId,
    Optional<Instant> pluggedInAt,
    SessionNeeds needs,
    String actor,
    String correlationId) {}
