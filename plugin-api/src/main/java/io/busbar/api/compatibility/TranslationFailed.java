package io.busbar.api.compatibility;

import java.time.Instant;
import java.util.UUID;

/**
 * Something older could not be translated; nothing was done instead.
 *
 * @param eventId identity of the event: the same for the same request
 * @param occurredAt when
 * @param actor who asked
 * @param correlationId ties it to the request
 * @param circuitId the circuit as it was asked for
 * @param path the older contract that was used, such as {@code ScheduledEventRebalancePeriodic}
 * @param reasonCode {@code CIRCUIT_ALIAS_NOT_RESOLVABLE}, {@code LIMIT_SCOPE_TRANSLATION_FAILED} or
 *     {@code LEGACY_POLICY_SCOPE_AMBIGUOUS}
 * @param message what is wrong
 */
public record TranslationFailed(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID circuitId,
    String path,
    String reasonCode,
    String message) {}
