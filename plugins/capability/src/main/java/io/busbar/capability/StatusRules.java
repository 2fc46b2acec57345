package io.busbar.capability;

import io.busbar.api.capability.RecordReply.Refused;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.topology.ControlPoint;
import io.busbar.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Decides whether a reported status may enter the history, and as what. */
final class StatusRules {

  /** Clocks that nobody set begin before. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** Fields of the reporter, together; a message has less. */
  static final int MOST_DETAIL = StatusMessage.MOST_BYTES;

  private final Duration futureTolerance;

  StatusRules(Duration futureTolerance) {
    this.futureTolerance = futureTolerance;
  }

  /** What forbids it; empty when nothing does. */
  Optional<Refused> refusal(RecordStatus status, ControlPoint point, Instant now) {
    if (status.reportedBy() != point.controlSource()) {
      return refused(
          "REPORTED_BY_MISMATCH",
          "control point %s is controlled %s, but the status is reported by %s"
              .formatted(point.controlPointId(), point.controlSource(), status.reportedBy()));
    }
    if (status.observedAt().isAfter(now.plus(futureTolerance))) {
      return refused(
          "OBSERVED_IN_FUTURE",
          "observed at %s, which is more than %d s after %s"
              .formatted(status.observedAt(), futureTolerance.toSeconds(), now));
    }
    if (status.observedAt().isBefore(EARLIEST)) {
      return refused(
          "OBSERVED_TOO_EARLY",
          "observed at %s, before %s; is the reporter's clock set?"
              .formatted(status.observedAt(), EARLIEST));
    }
    if (isBad(status.operationalStatus())
        || status.sourceEventRef().filter(StatusRules::isBad).isPresent()) {
      return refused(
          "STATUS_INVALID",
          "operational_status and source_event_ref have 1 to %d characters of Unicode without NUL"
              .formatted(RecordStatus.LONGEST));
    }
    Map<String, Object> detail = status.statusDetail().orElse(Map.of());
    if (!isStorable(detail) || Incoming.characters(detail) > MOST_DETAIL) {
      return refused(
          "STATUS_INVALID",
          "status_detail has at most %d characters, of Unicode without NUL".formatted(MOST_DETAIL));
    }
    return Optional.empty();
  }

  private static boolean isBad(String text) {
    return text.isBlank() || text.length() > RecordStatus.LONGEST || !isStorable(text);
  }

  /** PostgreSQL keeps no NUL, and no half of a surrogate pair. */
  private static boolean isStorable(Object value) {
    return switch (value) {
      case String text -> StrictJson.isStorable(text);
      case Map<?, ?> map ->
          map.entrySet().stream().allMatch(e -> isStorable(e.getKey()) && isStorable(e.getValue()));
      case List<?> list -> list.stream().allMatch(StatusRules::isStorable);
      case null, default -> true;
    };
  }

  private static Optional<Refused> refused(String rule, String message) {
    return Optional.of(new Refused(rule, message));
  }

  /** The event that a status becomes. The same report has the same id, whenever it comes. */
  Incoming event(RecordStatus status, ControlPoint point, String source, Instant now) {
    Instant observed = status.observedAt().truncatedTo(ChronoUnit.MICROS);
    String key =
        status
            .sourceEventRef()
            .map(ref -> "ref:" + ref)
            .orElseGet(() -> "content:" + observed + " " + status.operationalStatus());
    StatusEvent event =
        new StatusEvent(
            id(point.controlPointId(), key),
            point.microgridId(),
            point.controlPointId(),
            point.nodeId(),
            point.capabilityType(),
            status.operationalStatus(),
            status.reportedBy(),
            observed,
            now.truncatedTo(ChronoUnit.MICROS),
            status.sourceEventRef(),
            status.statusDetail());
    return new Incoming(event, hashed(key), status.actor(), source, status.correlationId());
  }

  private static UUID id(UUID controlPointId, String key) {
    return UUID.nameUUIDFromBytes(
        ("status\n" + controlPointId + "\n" + key).getBytes(StandardCharsets.UTF_8));
  }

  /** A reference stays readable; content becomes a hash of fixed length. */
  private static String hashed(String key) {
    return key.startsWith("ref:")
        ? key
        : "content:" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }
}
