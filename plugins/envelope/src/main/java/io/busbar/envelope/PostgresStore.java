package io.busbar.envelope;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.Topic;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.EnvelopePageReply.Evaluation;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.ListProofs;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.Proof;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Keeps everything in PostgreSQL: changes with their audit and their events in one transaction. */
final class PostgresStore implements EnvelopeStore {

  private static final String LIVE =
      """
      select *, blocks::text as blocks_text from envelope
      where status in ('PENDING', 'ACTIVE') order by received_at, envelope_id
      """;

  private static final String LAST_FORECASTS =
      """
      select distinct on (microgrid_id, node_id, constraint_type, origin_control_point_id)
             *, blocks::text as blocks_text
      from envelope where envelope_type = 'FORECAST' and status in ('EXPIRED', 'WITHDRAWN')
      order by microgrid_id, node_id, constraint_type, origin_control_point_id,
               effective_to desc nulls first, received_at desc
      """;

  private static final String NEWEST =
      """
      select distinct on (e.microgrid_id, e.node_id, e.origin_control_point_id, e.source_ref)
             e.*, e.blocks::text as blocks_text
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as key (grid, node, origin, ref)
      join envelope e
        on e.microgrid_id = key.grid and e.node_id = key.node and e.source_ref = key.ref
           and e.origin_control_point_id is not distinct from key.origin
      order by e.microgrid_id, e.node_id, e.origin_control_point_id, e.source_ref, e.revision desc
      """;

  private static final String EVALUATE =
      """
      insert into envelope_evaluation (envelope_id, evaluated_at, status, recorded_at)
      values ($1, $2, $3, $4) on conflict do nothing
      """;

  private static final String PAGE =
      """
      select *, blocks::text as blocks_text from envelope
      where microgrid_id = $1 and (node_id = $2 or $2 is null)
        and (status = any($3) or $3 is null) and (received_at, envelope_id) < ($4, $5)
      order by received_at desc, envelope_id desc limit $6
      """;

  private static final String LIVES =
      """
      select * from envelope_evaluation where envelope_id = any($1)
      order by evaluated_at, recorded_at, status
      """;

  private static final String PROOFS =
      """
      select * from proof
      where microgrid_id = $1 and effective_at >= $2 and effective_at < $3
      order by effective_at desc, proof_id desc limit $4
      """;

  private static final String FORGET =
      """
      delete from envelope
      where status in ('EXPIRED', 'WITHDRAWN', 'REJECTED')
        and coalesce(effective_to, received_at) < $1
      """;

  private final Store store;
  private final PluginContext context;

  private PostgresStore(Store store, PluginContext context) {
    this.store = store;
    this.context = context;
  }

  static PostgresStore open(Vertx vertx, DatabaseAccess access, PluginContext context) {
    List<Topic<?>> topics =
        List.of(
            EnvelopeAddresses.RECEIVED,
            EnvelopeAddresses.EVALUATED,
            EnvelopeAddresses.SOURCE_CHANGED,
            EnvelopeAddresses.CAPACITY_CHANGED,
            EnvelopeAddresses.CAPACITY_RECONCILED);
    ClassLoader migrations = PostgresStore.class.getClassLoader();
    return new PostgresStore(Store.open(vertx, access, context, migrations, topics), context);
  }

  @Override
  public Loaded load() {
    List<Kept> envelopes = new ArrayList<>(all(LIVE, EnvelopeRows::kept));
    envelopes.addAll(all(LAST_FORECASTS, EnvelopeRows::kept));
    List<EnvelopeSource> sources = all("select * from envelope_source", EnvelopeRows::source);
    List<CircuitCapacity> capacities =
        all("select * from circuit_capacity", EnvelopeRows::capacity);
    List<Proof> open = all("select * from proof where under_at is null", EnvelopeRows::proof);
    return new Loaded(envelopes, sources, capacities, open);
  }

  private <T> List<T> all(String sql, Function<Row, T> read, Object... values) {
    List<T> all = new ArrayList<>();
    store.query(sql, values).forEach(row -> all.add(read.apply(row)));
    return all;
  }

  @Override
  public Map<Kept.Key, Kept> newest(Collection<Kept.Key> keys) {
    Map<Kept.Key, Kept> newest = new HashMap<>();
    if (!keys.isEmpty()) {
      UUID[] microgrids = keys.stream().map(Kept.Key::microgridId).toArray(UUID[]::new);
      UUID[] nodes = keys.stream().map(Kept.Key::nodeId).toArray(UUID[]::new);
      UUID[] origins = keys.stream().map(key -> key.origin().orElse(null)).toArray(UUID[]::new);
      String[] refs = keys.stream().map(Kept.Key::sourceRef).toArray(String[]::new);
      all(NEWEST, EnvelopeRows::kept, microgrids, nodes, origins, refs)
          .forEach(kept -> newest.put(kept.key(), kept));
    }
    return newest;
  }

  @Override
  public void commit(Changes changes, Runnable committed) {
    store.transaction(
        tx -> {
          write(tx, changes);
          changes.tellings().forEach(telling -> tell(tx, telling));
          return changes;
        },
        done -> committed.run());
  }

  private void write(Transaction tx, Changes changes) {
    batch(tx, EnvelopeRows.PUT_ENVELOPE, changes.envelopes(), EnvelopeRows::tuple);
    batch(tx, EnvelopeRows.PUT_SOURCE, changes.sources(), EnvelopeRows::tuple);
    batch(tx, EnvelopeRows.PUT_CAPACITY, changes.capacities(), EnvelopeRows::tuple);
    batch(tx, EnvelopeRows.PUT_PROOF, changes.proofs(), EnvelopeRows::tuple);
    List<EnvelopeEvaluated> evaluated =
        changes.tellings().stream()
            .map(Telling::event)
            .filter(EnvelopeEvaluated.class::isInstance)
            .map(EnvelopeEvaluated.class::cast)
            .toList();
    batch(
        tx,
        EVALUATE,
        evaluated,
        event ->
            Tuple.of(
                event.envelopeId(),
                EnvelopeRows.utc(event.evaluatedAt()),
                event.status().name(),
                EnvelopeRows.utc(event.occurredAt())));
  }

  private static <T> void batch(
      Transaction tx, String sql, Collection<T> things, Function<T, Tuple> tuple) {
    tx.batch(sql, things.stream().map(tuple).toList());
  }

  private <E> void tell(Transaction tx, Telling<E> telling) {
    Cause cause =
        new Cause(
            telling.eventId(),
            telling.occurredAt(),
            telling.actor(),
            context.pluginId(),
            telling.correlationId());
    tx.tell(telling.topic(), telling.event(), cause);
  }

  @Override
  public EnvelopePageReply page(UUID microgridId, ListEnvelopes question) {
    Optional<PageCursor> before =
        question.cursor().map(PageCursor::read).orElse(Optional.of(PageCursor.START));
    if (before.isEmpty()) {
      return new EnvelopePageReply.BadCursor(question.cursor().orElseThrow());
    }
    String[] statuses =
        question.statuses().isEmpty()
            ? null
            : question.statuses().stream().map(Status::name).toArray(String[]::new);
    List<Kept> found =
        all(
            PAGE,
            EnvelopeRows::kept,
            microgridId,
            question.nodeId().orElse(null),
            statuses,
            EnvelopeRows.utc(before.get().receivedAt()),
            before.get().envelopeId(),
            question.limit());
    Map<UUID, List<Evaluation>> lives = lives(found);
    List<Entry> page =
        found.stream()
            .map(
                kept ->
                    new Entry(
                        kept.envelope(),
                        kept.rejectedFor(),
                        lives.getOrDefault(kept.id(), List.of())))
            .toList();
    return new EnvelopePageReply.Page(page, MemoryStore.next(page, question.limit()));
  }

  private Map<UUID, List<Evaluation>> lives(List<Kept> found) {
    Map<UUID, List<Evaluation>> lives = new HashMap<>();
    UUID[] ids = found.stream().map(Kept::id).toArray(UUID[]::new);
    store
        .query(LIVES, (Object) ids)
        .forEach(
            row ->
                lives
                    .computeIfAbsent(row.getUUID("envelope_id"), none -> new ArrayList<>())
                    .add(
                        new Evaluation(
                            row.getOffsetDateTime("evaluated_at").toInstant(),
                            Status.valueOf(row.getString("status")))));
    return lives;
  }

  @Override
  public List<Proof> proofs(UUID microgridId, ListProofs question) {
    return all(
        PROOFS,
        EnvelopeRows::proof,
        microgridId,
        EnvelopeRows.utc(question.from().orElse(Instant.EPOCH)),
        EnvelopeRows.utc(question.to().orElse(Rules.NO_END)),
        question.limit());
  }

  @Override
  public void forget(Instant before) {
    store.query(FORGET, EnvelopeRows.utc(before));
    store.query("delete from proof where effective_at < $1", EnvelopeRows.utc(before));
  }

  @Override
  public void close() {
    store.close();
  }
}
