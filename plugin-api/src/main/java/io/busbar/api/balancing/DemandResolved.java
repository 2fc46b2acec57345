package io.busbar.api.balancing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Demand of a site is measured or derived from something else than before.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param sourceMode MEASURED when every input was
 * @param inputsUsed refs of the inputs that were derived, with their policy, such as {@code
 *     main-meter:FIXED}, before it the check that a value failed, such as {@code main-meter:FROZEN}
 */
public record DemandResolved(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    SourceMode sourceMode,
    List<String> inputsUsed) {}
