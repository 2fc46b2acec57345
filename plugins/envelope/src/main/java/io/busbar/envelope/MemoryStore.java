package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.EnvelopePageReply.Evaluation;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.ListProofs;
import io.busbar.api.envelope.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps everything in memory, for runs that store nothing, such as scenarios. */
final class MemoryStore implements EnvelopeStore {

  private static final Comparator<Kept> NEWEST_FIRST =
      Comparator.comparing((Kept kept) -> kept.envelope().receivedAt())
          .thenComparing(Kept::id)
          .reversed();

  private final Bus bus;
  private final Map<UUID, Kept> envelopes = new LinkedHashMap<>();
  private final Map<Kept.Key, UUID> newest = new HashMap<>();
  private final Map<UUID, List<Evaluation>> evaluations = new HashMap<>();
  private final Map<UUID, EnvelopeSource> sources = new LinkedHashMap<>();
  private final Map<UUID, CircuitCapacity> capacities = new LinkedHashMap<>();
  private final Map<UUID, Proof> proofs = new LinkedHashMap<>();

  MemoryStore(Bus bus) {
    this.bus = bus;
  }

  @Override
  public Loaded load() {
    return new Loaded(
        List.copyOf(envelopes.values()),
        List.copyOf(sources.values()),
        List.copyOf(capacities.values()),
        proofs.values().stream().filter(proof -> proof.underAt().isEmpty()).toList());
  }

  @Override
  public Map<Kept.Key, Kept> newest(Collection<Kept.Key> keys) {
    Map<Kept.Key, Kept> found = new HashMap<>();
    keys.stream()
        .filter(newest::containsKey)
        .forEach(key -> found.put(key, envelopes.get(newest.get(key))));
    return found;
  }

  @Override
  public void commit(Changes changes, Runnable committed) {
    changes.envelopes().forEach(this::put);
    changes.sources().forEach(source -> sources.put(source.controlPointId(), source));
    changes.capacities().forEach(capacity -> capacities.put(capacity.circuitId(), capacity));
    changes.proofs().forEach(proof -> proofs.put(proof.proofId(), proof));
    for (Telling<?> telling : changes.tellings()) {
      if (telling.event() instanceof EnvelopeEvaluated evaluated) {
        evaluations
            .computeIfAbsent(evaluated.envelopeId(), none -> new ArrayList<>())
            .add(new Evaluation(evaluated.evaluatedAt(), evaluated.status()));
      }
    }
    committed.run();
    changes.tellings().forEach(this::tell);
  }

  private void put(Kept kept) {
    envelopes.put(kept.id(), kept);
    newest.merge(
        kept.key(),
        kept.id(),
        (a, b) -> envelopes.get(b).revision() >= envelopes.get(a).revision() ? b : a);
  }

  private <E> void tell(Telling<E> telling) {
    bus.tell(telling.topic(), telling.event());
  }

  @Override
  public EnvelopePageReply page(UUID microgridId, ListEnvelopes question) {
    Optional<PageCursor> before =
        question.cursor().map(PageCursor::read).orElse(Optional.of(PageCursor.START));
    if (before.isEmpty()) {
      return new EnvelopePageReply.BadCursor(question.cursor().orElseThrow());
    }
    List<Entry> page =
        envelopes.values().stream()
            .filter(kept -> kept.envelope().microgridId().equals(microgridId))
            .filter(kept -> question.nodeId().map(kept.envelope().nodeId()::equals).orElse(true))
            .filter(
                kept ->
                    question.statuses().isEmpty()
                        || question.statuses().contains(kept.envelope().status()))
            .sorted(NEWEST_FIRST)
            .filter(kept -> isBefore(kept, before.get()))
            .limit(question.limit())
            .map(this::entry)
            .toList();
    return new EnvelopePageReply.Page(page, next(page, question.limit()));
  }

  private static boolean isBefore(Kept kept, PageCursor cursor) {
    int order = kept.envelope().receivedAt().compareTo(cursor.receivedAt());
    return order < 0 || (order == 0 && kept.id().compareTo(cursor.envelopeId()) < 0);
  }

  /** Where the next page begins; empty after the last one. */
  static Optional<String> next(List<Entry> page, int limit) {
    return page.size() < limit
        ? Optional.empty()
        : Optional.of(page.getLast().envelope())
            .map(last -> new PageCursor(last.receivedAt(), last.envelopeId()).text());
  }

  private Entry entry(Kept kept) {
    return new Entry(
        kept.envelope(), kept.rejectedFor(), evaluations.getOrDefault(kept.id(), List.of()));
  }

  @Override
  public List<Proof> proofs(UUID microgridId, ListProofs question) {
    return proofs.values().stream()
        .filter(proof -> proof.microgridId().equals(microgridId))
        .filter(p -> question.from().filter(from -> p.effectiveAt().isBefore(from)).isEmpty())
        .filter(p -> question.to().filter(to -> !p.effectiveAt().isBefore(to)).isEmpty())
        .sorted(Comparator.comparing(Proof::effectiveAt).thenComparing(Proof::proofId).reversed())
        .limit(question.limit())
        .toList();
  }

  @Override
  public void forget(Instant before) {
    envelopes
        .values()
        .removeIf(
            kept ->
                !kept.isLive() && kept.envelope().effectiveTo().orElse(before).isBefore(before));
    newest.values().retainAll(envelopes.keySet());
    proofs.values().removeIf(proof -> proof.effectiveAt().isBefore(before));
  }

  @Override
  public void close() {}
}
