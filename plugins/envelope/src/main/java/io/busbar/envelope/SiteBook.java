package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What counts of one site now or later, in memory: live envelopes, sources, last forecasts. */
final class SiteBook {

  /** Whatever is bounded at one place. */
  record Place(UUID nodeId, ConstraintType type) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::nodeId).thenComparing(Place::type);

    static Place of(OperatingEnvelope envelope) {
      return new Place(envelope.nodeId(), envelope.constraintType());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private record Foreseen(Place place, Optional<UUID> source) {}

  private final UUID microgridId;
  private final Map<Kept.Key, Map<UUID, Kept>> live = new HashMap<>();
  private final Map<Place, Lane> lanes = new TreeMap<>();
  private final Map<Foreseen, Kept> lastForecasts = new HashMap<>();
  private final Map<UUID, EnvelopeSource> sources = new TreeMap<>();
  private long revision;

  SiteBook(UUID microgridId) {
    this.microgridId = microgridId;
  }

  UUID microgridId() {
    return microgridId;
  }

  /** Grows with every change. */
  long revision() {
    return revision;
  }

  /** Takes an envelope as it is now. */
  void put(Kept kept) {
    revision++;
    Place place = Place.of(kept.envelope());
    if (kept.isLive()) {
      live.computeIfAbsent(kept.key(), none -> new LinkedHashMap<>()).put(kept.id(), kept);
      lanes.computeIfAbsent(place, none -> new Lane()).put(kept);
    } else {
      Map<UUID, Kept> alike = live.getOrDefault(kept.key(), new HashMap<>());
      alike.remove(kept.id());
      if (alike.isEmpty()) {
        live.remove(kept.key());
      }
      forget(place, kept.id());
      remember(kept);
    }
  }

  private void forget(Place place, UUID id) {
    Lane lane = lanes.get(place);
    if (lane != null) {
      lane.remove(id);
      if (lane.isEmpty()) {
        lanes.remove(place);
      }
    }
  }

  /** Of forecasts that are over the one that ended last is kept, for who holds its value. */
  void remember(Kept kept) {
    if (kept.envelope().envelopeType() == Type.FORECAST) {
      Foreseen key =
          new Foreseen(Place.of(kept.envelope()), kept.envelope().originControlPointId());
      lastForecasts.merge(key, kept, (a, b) -> lastEnd(b).isBefore(lastEnd(a)) ? a : b);
    }
  }

  private static Instant lastEnd(Kept kept) {
    return kept.envelope().blocks().stream()
        .map(block -> block.blockTo())
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  void put(EnvelopeSource source) {
    revision++;
    sources.put(source.controlPointId(), source);
  }

  Optional<EnvelopeSource> source(UUID controlPointId) {
    return Optional.ofNullable(sources.get(controlPointId));
  }

  Collection<EnvelopeSource> sources() {
    return sources.values();
  }

  /** Live envelopes of one node and reference, in the order they came. */
  List<Kept> of(Kept.Key key) {
    return List.copyOf(live.getOrDefault(key, Map.of()).values());
  }

  /** Places that any live envelope or remembered forecast bounds, in order. */
  Collection<Place> places() {
    TreeMap<Place, Boolean> all = new TreeMap<>();
    lanes.keySet().forEach(place -> all.put(place, true));
    lastForecasts.keySet().forEach(foreseen -> all.put(foreseen.place(), true));
    return all.keySet();
  }

  /** Envelopes of a place that have begun by an instant. */
  Collection<Kept> at(Place place, Instant now) {
    Lane lane = lanes.get(place);
    return lane == null ? List.of() : lane.begunBy(now);
  }

  /** Whether a source has anything to say of a place, now or later. */
  boolean speaksFor(Place place, UUID source) {
    Lane lane = lanes.get(place);
    return (lane != null && lane.hasSource(source))
        || lastForecast(place, Optional.of(source)).isPresent();
  }

  /** When an envelope changes next after an instant. */
  Optional<Instant> nextBoundary(Instant now) {
    return lanes.values().stream()
        .flatMap(lane -> lane.nextBoundary(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** The forecast of a source at a place that ended last. */
  Optional<Kept> lastForecast(Place place, Optional<UUID> source) {
    return Optional.ofNullable(lastForecasts.get(new Foreseen(place, source)));
  }

  /** All live envelopes. */
  List<Kept> live() {
    List<Kept> all = new ArrayList<>();
    lanes.values().forEach(lane -> all.addAll(lane.all()));
    return all;
  }

  Optional<Kept> find(UUID envelopeId) {
    return lanes.values().stream().flatMap(lane -> lane.find(envelopeId).stream()).findFirst();
  }
}
