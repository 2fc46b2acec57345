package io.busbar.envelope;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.Proof;
import io.busbar.envelope.SiteBook.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The proof log: every limit from outside that began to bind, what the node drew just before, and
 * when it was first seen at or under it.
 */
final class Proofs {

  private final Books books;
  private final Consumer<List<Proof>> keep;
  private final Map<UUID, Map<Place, EffectiveLimit>> bound = new HashMap<>();
  private final Map<UUID, Map<UUID, Integer>> measured = new HashMap<>();
  private final Map<UUID, Map<Place, Proof>> open = new HashMap<>();

  /**
   * An empty one.
   *
   * @param keep given entries that are new or changed
   */
  Proofs(Books books, Consumer<List<Proof>> keep) {
    this.books = books;
    this.keep = keep;
  }

  /** Takes entries that waited when Busbar stopped. */
  void load(List<Proof> waiting) {
    open.clear();
    waiting.forEach(
        proof ->
            open.computeIfAbsent(proof.microgridId(), none -> new TreeMap<>())
                .put(new Place(proof.nodeId(), proof.constraintType()), proof));
  }

  /** These limits hold from now on. */
  void holds(EffectiveLimits limits) {
    Map<Place, EffectiveLimit> before = bound.getOrDefault(limits.microgridId(), Map.of());
    Map<Place, EffectiveLimit> after = new TreeMap<>();
    List<Proof> begun = new ArrayList<>();
    for (EffectiveLimit limit : limits.limits()) {
      Place place = new Place(limit.nodeId(), limit.constraintType());
      after.put(place, limit);
      EffectiveLimit was = before.get(place);
      boolean same =
          was != null
              && was.limitWatts() == limit.limitWatts()
              && was.constraintRef().equals(limit.constraintRef());
      if (!same && !isOpen(limits.microgridId(), place, limit)) {
        begun.add(proof(limits.microgridId(), limit, limits.at()));
      }
    }
    bound.put(limits.microgridId(), after);
    Map<Place, Proof> waiting = open.computeIfAbsent(limits.microgridId(), none -> new TreeMap<>());
    begun.forEach(proof -> waiting.put(new Place(proof.nodeId(), proof.constraintType()), proof));
    if (!begun.isEmpty()) {
      keep.accept(begun);
    }
  }

  /** After a restart the limit that binds is in the log already. */
  private boolean isOpen(UUID microgridId, Place place, EffectiveLimit limit) {
    Proof proof = open.getOrDefault(microgridId, Map.of()).get(place);
    return proof != null
        && proof.limitWatts() == limit.limitWatts()
        && proof.constraintRef().equals(limit.constraintRef());
  }

  private Proof proof(UUID microgridId, EffectiveLimit limit, Instant at) {
    Optional<Kept> envelope =
        Optional.of(limit.constraintRef())
            .filter(ref -> ref.startsWith("envelope:"))
            .map(ref -> UUID.fromString(ref.substring("envelope:".length())))
            .flatMap(books.of(microgridId)::find);
    Integer before = measured.getOrDefault(microgridId, Map.of()).get(limit.nodeId());
    return new Proof(
        Events.id("proof", limit.nodeId(), limit.constraintType(), limit.constraintRef(), at),
        microgridId,
        limit.nodeId(),
        limit.constraintType(),
        limit.limitWatts(),
        limit.constraintRef(),
        envelope.map(kept -> kept.envelope().sourceRef()),
        envelope.map(Kept::actor),
        envelope.map(kept -> kept.envelope().receivedAt()),
        at,
        before == null ? OptionalInt.empty() : OptionalInt.of(before),
        Optional.empty());
  }

  /** A cycle saw what nodes draw. */
  void saw(CycleResult cycle) {
    if (!bound.containsKey(cycle.microgridId())) {
      return;
    }
    Map<UUID, Integer> draws = new HashMap<>();
    for (NodeAllocation node : cycle.allocationSummary().byNode()) {
      node.measuredWatts().ifPresent(watts -> draws.put(node.nodeId(), watts));
    }
    measured.put(cycle.microgridId(), draws);
    Map<Place, Proof> waiting = open.getOrDefault(cycle.microgridId(), Map.of());
    List<Proof> under =
        waiting.values().stream()
            .filter(proof -> !cycle.startedAt().isBefore(proof.effectiveAt()))
            .filter(proof -> isUnder(proof, draws))
            .map(proof -> underAt(proof, cycle.startedAt()))
            .toList();
    if (!under.isEmpty()) {
      under.forEach(proof -> waiting.remove(new Place(proof.nodeId(), proof.constraintType())));
      keep.accept(under);
    }
  }

  private static boolean isUnder(Proof proof, Map<UUID, Integer> draws) {
    Integer draw = draws.get(proof.nodeId());
    return draw != null
        && switch (proof.constraintType()) {
          case CONSUMPTION_CAP -> draw <= proof.limitWatts();
          case GENERATION_CAP -> -draw <= proof.limitWatts();
          case NET_CAP -> Math.abs(draw) <= proof.limitWatts();
        };
  }

  private static Proof underAt(Proof proof, Instant at) {
    return new Proof(
        proof.proofId(),
        proof.microgridId(),
        proof.nodeId(),
        proof.constraintType(),
        proof.limitWatts(),
        proof.constraintRef(),
        proof.sourceRef(),
        proof.actor(),
        proof.receivedAt(),
        proof.effectiveAt(),
        proof.powerBeforeWatts(),
        Optional.of(at));
  }
}
