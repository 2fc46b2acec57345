package io.busbar.api.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that happened.
 *
 * @param eventId identity
 * @param occurredAt when, by the kernel's clock
 * @param actor who or what caused it
 * @param source part of the system that did it, such as a plugin id
 * @param correlationId ties together what one request caused
 * @param topic what happened: the topic it is told on, with version
 * @param microgridId the site; absent for what belongs to none
 * @param payload the event as it is told; nested maps, lists, strings, numbers, booleans and nulls
 */
public record AuditEvent(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String source,
    String correlationId,
    String topic,
    Optional<UUID> microgridId,
    Map<String, Object> payload) {

  public AuditEvent {
    payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
  }

  /** Where it stands among the events of all plugins. */
  public AuditPlace place() {
    return new AuditPlace(occurredAt, eventId);
  }
}
