package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Changes that are decided and not committed yet, seen on top of the books. */
final class Batch {

  private final Books books;
  private final Map<Kept.Key, Kept> newest;
  private final Map<UUID, Kept> envelopes = new LinkedHashMap<>();
  private final Map<UUID, EnvelopeSource> sources = new LinkedHashMap<>();
  private final Map<UUID, CircuitCapacity> capacities = new LinkedHashMap<>();
  private final Map<UUID, Proof> proofs = new LinkedHashMap<>();
  private final List<Telling<?>> tellings = new ArrayList<>();
  private final Set<UUID> submitted = new LinkedHashSet<>();
  private final Set<UUID> elapsed = new LinkedHashSet<>();

  /**
   * Nothing yet.
   *
   * @param newest of the keys that submissions of this batch are about, as it is stored
   */
  Batch(Books books, Map<Kept.Key, Kept> newest) {
    this.books = books;
    this.newest = newest;
  }

  Optional<Kept> newest(Kept.Key key) {
    return Optional.ofNullable(newest.get(key));
  }

  /** Live envelopes of one node and reference. */
  List<Kept> live(Kept.Key key) {
    Map<UUID, Kept> all = new LinkedHashMap<>();
    books.of(key.microgridId()).of(key).forEach(kept -> all.put(kept.id(), kept));
    envelopes.values().stream()
        .filter(kept -> kept.key().equals(key))
        .forEach(kept -> all.put(kept.id(), kept));
    return all.values().stream().filter(Kept::isLive).toList();
  }

  Optional<Kept> find(UUID microgridId, UUID envelopeId) {
    return Optional.ofNullable(envelopes.get(envelopeId))
        .or(() -> books.of(microgridId).find(envelopeId));
  }

  Optional<EnvelopeSource> source(UUID microgridId, UUID controlPointId) {
    return Optional.ofNullable(sources.get(controlPointId))
        .or(() -> books.of(microgridId).source(controlPointId));
  }

  void put(Kept kept) {
    envelopes.put(kept.id(), kept);
    newest.merge(kept.key(), kept, (a, b) -> b.revision() >= a.revision() ? b : a);
  }

  void put(EnvelopeSource source) {
    sources.put(source.controlPointId(), source);
  }

  void put(CircuitCapacity capacity) {
    capacities.put(capacity.circuitId(), capacity);
  }

  void put(Proof proof) {
    proofs.put(proof.proofId(), proof);
  }

  void tell(Telling<?> telling) {
    tellings.add(telling);
  }

  /** Somebody changed something of that site. */
  void touched(UUID microgridId) {
    submitted.add(microgridId);
  }

  /** Time changed something of that site. */
  void aged(UUID microgridId) {
    elapsed.add(microgridId);
  }

  Set<UUID> touched() {
    return submitted;
  }

  Set<UUID> aged() {
    return elapsed;
  }

  EnvelopeStore.Changes changes() {
    return new EnvelopeStore.Changes(
        envelopes.values(), sources.values(), capacities.values(), proofs.values(), tellings);
  }

  boolean isEmpty() {
    return envelopes.isEmpty() && sources.isEmpty() && capacities.isEmpty() && proofs.isEmpty();
  }

  /** Puts everything into the books; to be done once it is committed. */
  void keep() {
    envelopes.values().forEach(books::put);
    sources.values().forEach(books::put);
  }
}
