package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.EnvelopeSource.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;

/** The books of all sites, and what is due next in any of them. */
final class Books {

  /**
   * Something that is due at an instant.
   *
   * @param source true for a source that falls silent, false for an envelope
   * @param receivedAt orders what is due together
   */
  record Due(Instant at, boolean source, Instant receivedAt, UUID id, UUID microgridId) {}

  /** An envelope's end comes before the next one's begin: both are in the order they came. */
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at)
          .thenComparing(Due::source)
          .thenComparing(Due::receivedAt)
          .thenComparing(Due::id);

  private final Map<UUID, SiteBook> sites = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(ORDER);

  SiteBook of(UUID microgridId) {
    return sites.computeIfAbsent(microgridId, SiteBook::new);
  }

  void put(Kept kept) {
    of(kept.envelope().microgridId()).put(kept);
    kept.nextBoundary().ifPresent(at -> due.add(due(kept, at)));
  }

  private static Due due(Kept kept, Instant at) {
    return new Due(
        at, false, kept.envelope().receivedAt(), kept.id(), kept.envelope().microgridId());
  }

  void put(EnvelopeSource source) {
    of(source.microgridId()).put(source);
    if (source.health() == Health.ONLINE) {
      Source.staleAt(source).ifPresent(at -> due.add(due(source, at)));
    }
  }

  private static Due due(EnvelopeSource source, Instant at) {
    return new Due(at, true, Instant.MIN, source.controlPointId(), source.microgridId());
  }

  /** A forecast that is over, for who holds its value. */
  void remember(Kept kept) {
    of(kept.envelope().microgridId()).remember(kept);
  }

  /** Adds the next boundary of an envelope that is not kept yet. */
  void expect(Kept kept) {
    kept.nextBoundary().ifPresent(at -> due.add(due(kept, at)));
  }

  /** Takes what is due first, if that is not later than an instant. */
  Optional<Due> poll(Instant now) {
    boolean any = !due.isEmpty() && !due.peek().at().isAfter(now);
    return any ? Optional.of(due.poll()) : Optional.empty();
  }

  /** When something is due next. */
  Optional<Instant> next() {
    while (!due.isEmpty() && isOutdated(due.peek())) {
      due.poll();
    }
    return Optional.ofNullable(due.peek()).map(Due::at);
  }

  private boolean isOutdated(Due next) {
    SiteBook book = of(next.microgridId());
    Optional<Instant> at =
        next.source()
            ? book.source(next.id())
                .filter(source -> source.health() == Health.ONLINE)
                .flatMap(Source::staleAt)
            : book.find(next.id()).flatMap(Kept::nextBoundary);
    return at.filter(next.at()::equals).isEmpty();
  }

  /** Forgets everything, to be filled anew. */
  void clear() {
    sites.clear();
    due.clear();
  }
}
