package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks to end a session. One that has ended already stays as it is.
 *
 * @param sessionId which
 * @param unpluggedAt when it ended; now when absent
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record EndSession(
    UUID sessionId, Optional<Instant> unpluggedAt, String actor, String correlationId) {}
