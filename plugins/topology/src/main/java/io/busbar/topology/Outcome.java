package io.busbar.topology;

import io.busbar.api.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is decided about a request. Storing and telling it is somebody else's business.
 *
 * @param reply what the asker is told, once all is stored
 * @param site the site afterwards; absent when nothing changes
 * @param tellings what happened
 */
record Outcome<R>(R reply, Optional<StoredSite> site, List<Telling<?>> tellings) {

  Outcome {
    tellings = List.copyOf(tellings);
  }

  /** An event for the bus and the audit. */
  record Telling<E>(Topic<E> topic, E event, UUID eventId, Instant occurredAt) {}

  /** Nothing changes. */
  static <R> Outcome<R> unchanged(R reply) {
    return new Outcome<>(reply, Optional.empty(), List.of());
  }

  static <R> Outcome<R> changed(R reply, StoredSite site, Telling<?> telling) {
    return new Outcome<>(reply, Optional.of(site), List.of(telling));
  }
}
