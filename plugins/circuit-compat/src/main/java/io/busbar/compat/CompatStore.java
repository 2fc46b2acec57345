package io.busbar.compat;

import io.busbar.api.Topic;
import io.busbar.api.compatibility.TouSchedule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps schedules and what was translated. Its methods wait, for virtual threads. */
interface CompatStore extends AutoCloseable {

  /** A schedule of a circuit. */
  record Stored(UUID circuitId, TouSchedule schedule, Instant updatedAt, String actor) {}

  /**
   * Something to tell once.
   *
   * @param eventId the same for the same request: what is there already is not told again
   */
  record Happening<E>(
      Topic<E> topic, E event, UUID eventId, Instant at, String actor, String correlationId) {}

  /** All schedules by circuit. */
  Map<UUID, Stored> schedules();

  void put(Stored schedule);

  /** Envelopes of a circuit's days, by day. */
  Map<LocalDate, UUID> days(UUID circuitId);

  /** Says which envelope stands for a day; none any more when absent. */
  void day(UUID circuitId, LocalDate day, Optional<UUID> envelopeId);

  /** Keeps and tells what happened, unless it is there already. */
  <E> void tell(Happening<E> happening);

  @Override
  void close();
}
