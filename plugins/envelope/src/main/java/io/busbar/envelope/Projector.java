package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimit.NamedLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.Proof;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.envelope.Evaluation.Reading;
import io.busbar.envelope.SiteBook.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What follows from the books for each site: the limits that hold, and what feeder circuits can
 * carry. Computed from the books and the tree every time, never taken from an older result; only
 * whether it is another one than before is.
 */
final class Projector {

  /** Who is told what came out. */
  interface Listener {

    /** Circuits carry something else. */
    void carries(List<CircuitCapacity> capacities, Trigger trigger);

    /** Other limits hold than before, and not because a cycle looked. */
    void changed(UUID microgridId);

    /** These limits hold from now on. */
    void holds(EffectiveLimits limits);

    /** Everything was read anew from what is stored. */
    void loaded(List<Proof> openProofs);
  }

  private final Books books;
  private final Map<UUID, SiteView> sites;
  private final Listener listener;
  private final Map<UUID, Cached> cached = new HashMap<>();
  private final Map<UUID, CircuitCapacity> capacities = new TreeMap<>();

  /** What the newest cycle of each site was decided on, or is being asked for. */
  private final Map<UUID, Map<Place, String>> balanced = new HashMap<>();

  /** The limits that the circuits of each site were brought up to date with. */
  private final Map<UUID, Cached> carried = new HashMap<>();

  private record Cached(long revision, SiteView site, EffectiveLimits limits) {}

  Projector(Books books, Map<UUID, SiteView> sites, Listener listener) {
    this.books = books;
    this.sites = sites;
    this.listener = listener;
  }

  /** Takes what was computed before the last stop. */
  void load(EnvelopeStore.Loaded loaded) {
    capacities.clear();
    cached.clear();
    carried.clear();
    balanced.clear();
    loaded.capacities().forEach(capacity -> capacities.put(capacity.circuitId(), capacity));
    listener.loaded(loaded.openProofs());
  }

  /** Something changed; tells what that makes of it. */
  void project(UUID microgridId, Trigger trigger, Instant now) {
    SiteView site = sites.get(microgridId);
    if (site != null) {
      Map<Place, String> after = outline(compute(site, now));
      Map<Place, String> before = balanced.put(microgridId, after);
      boolean circuits = circuits(site, now, trigger);
      carried.put(microgridId, cached.get(microgridId));
      if (circuits || !after.equals(before)) {
        listener.changed(microgridId);
      }
    }
  }

  /** Looks for a cycle that begins; corrects what drifted, and never asks for another cycle. */
  EffectiveLimits guard(SiteView site, Instant at) {
    EffectiveLimits limits = look(site, at);
    Cached known = cached.get(site.id());
    if (carried.get(site.id()) != known) {
      circuits(site, at, Trigger.REBALANCE_GUARD);
      carried.put(site.id(), known);
    }
    balanced.put(site.id(), outline(limits));
    return limits;
  }

  /** What holds at an instant. */
  EffectiveLimits look(SiteView site, Instant at) {
    Cached known = cached.get(site.id());
    boolean valid =
        known != null
            && known.revision() == books.of(site.id()).revision()
            && known.site() == site
            && !at.isBefore(known.limits().at())
            && known.limits().validUntil().filter(until -> !at.isBefore(until)).isEmpty();
    return valid ? known.limits() : compute(site, at);
  }

  private EffectiveLimits compute(SiteView site, Instant at) {
    SiteBook book = books.of(site.id());
    EffectiveLimits limits = Evaluation.of(site, book, at);
    cached.put(site.id(), new Cached(book.revision(), site, limits));
    listener.holds(limits);
    return limits;
  }

  private static Map<Place, String> outline(EffectiveLimits limits) {
    Map<Place, String> outline = new TreeMap<>();
    for (EffectiveLimit limit : limits.limits()) {
      outline.put(
          new Place(limit.nodeId(), limit.constraintType()),
          limit.limitWatts() + " " + limit.constraintRef());
    }
    return outline;
  }

  /** Brings the circuits of a site up to date; true if any carries something else. */
  private boolean circuits(SiteView site, Instant at, Trigger trigger) {
    List<CircuitCapacity> changed = new ArrayList<>();
    for (SiteView.Feeder feeder : site.feeders()) {
      CircuitCapacity now = capacity(site, feeder, at, trigger);
      CircuitCapacity before = capacities.put(feeder.circuitId(), now);
      boolean same =
          before != null && before.effectiveCapacityWatts() == now.effectiveCapacityWatts();
      boolean untouched =
          before == null && now.effectiveCapacityWatts() == now.defaultCapacityWatts();
      if (same) {
        capacities.put(feeder.circuitId(), with(now, before));
      } else if (!untouched) {
        changed.add(now);
      }
    }
    if (!changed.isEmpty()) {
      listener.carries(changed, trigger);
    }
    return !changed.isEmpty();
  }

  /** The newer facts, with when and why the value became what it is. */
  private static CircuitCapacity with(CircuitCapacity now, CircuitCapacity before) {
    return new CircuitCapacity(
        now.circuitId(),
        now.microgridId(),
        now.nodeId(),
        now.defaultCapacityWatts(),
        now.failSafeCapacityWatts(),
        now.effectiveCapacityWatts(),
        now.source(),
        before.trigger(),
        before.computedAt());
  }

  private CircuitCapacity capacity(
      SiteView site, SiteView.Feeder feeder, Instant at, Trigger trigger) {
    SiteView.Baseline baseline =
        site.baseline(feeder.nodeId())
            .orElse(new SiteView.Baseline(feeder.ratedWatts(), "default"));
    Place place = new Place(feeder.nodeId(), ConstraintType.CONSUMPTION_CAP);
    Optional<NamedLimit> outside =
        Evaluation.at(place, site, books.of(site.id()), at, Reading.CIRCUIT)
            .filter(limit -> limit.limitWatts().getAsInt() < baseline.watts());
    return new CircuitCapacity(
        feeder.circuitId(),
        site.id(),
        feeder.nodeId(),
        feeder.ratedWatts(),
        site.failSafeWatts(feeder.nodeId()),
        outside.map(limit -> limit.limitWatts().getAsInt()).orElse(baseline.watts()),
        outside.flatMap(NamedLimit::constraintRef).orElse(baseline.source()),
        trigger,
        at);
  }

  /** What circuits of a site carry, as computed last, ordered by circuit. */
  List<CircuitCapacity> capacities(SiteView site) {
    return capacities.values().stream()
        .filter(capacity -> capacity.microgridId().equals(site.id()))
        .toList();
  }

  Optional<CircuitCapacity> capacity(UUID circuitId) {
    return Optional.ofNullable(capacities.get(circuitId));
  }

  /** How sources are at an instant, ordered by control point. */
  List<EnvelopeSource> sources(UUID microgridId) {
    return List.copyOf(books.of(microgridId).sources());
  }
}
