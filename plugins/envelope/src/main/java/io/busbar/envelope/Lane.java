package io.busbar.envelope;

import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Live envelopes of one place, so that those which have begun are found without the others. */
final class Lane {

  private final Map<UUID, Kept> all = new HashMap<>();
  private final TreeMap<Instant, Map<UUID, Kept>> byBegin = new TreeMap<>();
  private final Map<UUID, Integer> sources = new HashMap<>();

  void put(Kept kept) {
    remove(kept.id());
    all.put(kept.id(), kept);
    byBegin
        .computeIfAbsent(kept.envelope().effectiveFrom(), none -> new TreeMap<>())
        .put(kept.id(), kept);
    speaker(kept).ifPresent(source -> sources.merge(source, 1, Integer::sum));
  }

  void remove(UUID id) {
    Kept before = all.remove(id);
    if (before != null) {
      Instant begin = before.envelope().effectiveFrom();
      Map<UUID, Kept> together = byBegin.get(begin);
      together.remove(id);
      if (together.isEmpty()) {
        byBegin.remove(begin);
      }
      speaker(before).ifPresent(source -> sources.computeIfPresent(source, Lane::less));
    }
  }

  private static Integer less(UUID source, Integer count) {
    return count == 1 ? null : count - 1;
  }

  /** Whose health matters for an envelope. */
  private static Optional<UUID> speaker(Kept kept) {
    OperatingEnvelope envelope = kept.envelope();
    boolean foresees =
        envelope.envelopeType() == Type.FORECAST || envelope.envelopeType() == Type.FALLBACK;
    return foresees ? envelope.originControlPointId() : Optional.empty();
  }

  boolean hasSource(UUID source) {
    return sources.containsKey(source);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Collection<Kept> all() {
    return all.values();
  }

  Optional<Kept> find(UUID id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Those that have begun, in the order of their begin and then their id. */
  List<Kept> begunBy(Instant now) {
    List<Kept> begun = new ArrayList<>();
    byBegin.headMap(now, true).values().forEach(together -> begun.addAll(together.values()));
    return begun;
  }

  /** When one of them begins, ends, or goes on to another block. */
  Optional<Instant> nextBoundary(Instant now) {
    Optional<Instant> begin = Optional.ofNullable(byBegin.higherKey(now));
    Optional<Instant> other =
        begunBy(now).stream()
            .flatMap(kept -> kept.boundaryAfter(now).stream())
            .min(Comparator.naturalOrder());
    return begin.isEmpty() || other.filter(begin.get()::isAfter).isPresent() ? other : begin;
  }
}
