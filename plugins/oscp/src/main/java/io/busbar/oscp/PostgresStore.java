package io.busbar.oscp;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.oscp.ConnectionEvent;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps connections in PostgreSQL. */
final class PostgresStore implements OscpStore {

  private static final String PUT_STATE =
      """
      insert into connection (connection_id, state) values ($1, $2::text::jsonb)
      on conflict (connection_id) do update set state = excluded.state
      """;
  private static final String PUT_SERIES =
      """
      insert into forecast_series (connection_id, group_id, forecast_type, series)
      values ($1, $2, $3, $4::text::jsonb)
      on conflict (connection_id, group_id, forecast_type) do update set series = excluded.series
      """;
  private static final String SEEN =
      """
      insert into seen_message (connection_id, identity, request_id, digest, seen_at)
      values ($1, $2, $3, $4, $5)
      """;
  private static final String KEEP =
      """
      insert into outgoing_message
        (connection_id, queue, action, request_id, correlation_id, body, label, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (request_id) do nothing
      """;
  private static final String DROP = "delete from outgoing_message where request_id = $1";
  private static final String PUT_SECRET =
      """
      insert into secret (connection_id, name, sealed) values ($1, $2, $3)
      on conflict (connection_id, name) do update set sealed = excluded.sealed
      """;
  private static final String PUT_COUNTER =
      """
      insert into energy_counter (connection_id, node_id, count) values ($1, $2, $3::text::jsonb)
      on conflict (connection_id, node_id) do update set count = excluded.count
      """;
  private static final String DIGEST =
      "select digest from seen_message where connection_id = $1 and identity = $2 and request_id ="
          + " $3";

  private final Store store;
  private final PluginContext context;
  private volatile Runnable doubted = () -> {};

  private PostgresStore(Store store, PluginContext context) {
    this.store = store;
    this.context = context;
  }

  static PostgresStore open(Vertx vertx, DatabaseAccess access, PluginContext context) {
    ClassLoader migrations = PostgresStore.class.getClassLoader();
    return new PostgresStore(
        Store.open(vertx, access, context, migrations, List.of(OscpAddresses.EVENT)), context);
  }

  @Override
  public Loaded load() {
    Map<String, LinkState> states = new HashMap<>();
    store
        .query("select connection_id, state::text as state from connection")
        .forEach(
            row ->
                states.put(
                    row.getString("connection_id"),
                    RecordJson.decode(row.getString("state"), LinkState.class)));
    return new Loaded(
        states,
        all("select *, series::text as text from forecast_series", PostgresStore::series),
        all("select * from outgoing_message order by position", PostgresStore::outgoing),
        all("select * from secret", PostgresStore::secret),
        all("select *, count::text as text from energy_counter", PostgresStore::counter));
  }

  private <T> List<T> all(String sql, Function<Row, T> read) {
    List<T> all = new ArrayList<>();
    store.query(sql).forEach(row -> all.add(read.apply(row)));
    return all;
  }

  private static Change.PutSeries series(Row row) {
    return new Change.PutSeries(
        row.getString("connection_id"),
        row.getString("group_id"),
        ForecastType.valueOf(row.getString("forecast_type")),
        RecordJson.decode(row.getString("text"), Series.class));
  }

  private static Outgoing outgoing(Row row) {
    return new Outgoing(
        row.getString("connection_id"),
        Outgoing.Queue.valueOf(row.getString("queue")),
        Action.valueOf(row.getString("action")),
        row.getString("request_id"),
        Optional.ofNullable(row.getString("correlation_id")),
        row.getString("body"),
        row.getString("label"),
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static Change.PutSecret secret(Row row) {
    return new Change.PutSecret(
        row.getString("connection_id"), row.getString("name"), row.getString("sealed"));
  }

  private static Change.PutCounter counter(Row row) {
    return new Change.PutCounter(
        row.getString("connection_id"),
        row.getUUID("node_id"),
        RecordJson.decode(row.getString("text"), EnergyCounter.Kept.class));
  }

  @Override
  public Optional<String> digest(String connectionId, String identity, String requestId) {
    for (Row row : store.query(DIGEST, connectionId, identity, requestId)) {
      return Optional.of(row.getString("digest"));
    }
    return Optional.empty();
  }

  @Override
  public void commit(List<Change> changes) {
    store.transaction(
        tx -> {
          changes.forEach(change -> write(tx, change));
          return changes;
        },
        committed -> {},
        () -> doubted.run());
  }

  @Override
  public void onDoubt(Runnable listener) {
    doubted = listener;
  }

  private void write(Transaction tx, Change change) {
    switch (change) {
      case Change.PutState put ->
          tx.query(PUT_STATE, put.connectionId(), RecordJson.encode(put.state()));
      case Change.PutSeries put ->
          tx.query(
              PUT_SERIES,
              put.connectionId(),
              put.groupId(),
              put.type().name(),
              RecordJson.encode(put.series()));
      case Change.Seen seen ->
          tx.query(
              SEEN,
              seen.connectionId(),
              seen.identity(),
              seen.requestId(),
              seen.digest(),
              utc(seen.seenAt()));
      case Change.Keep keep -> write(tx, keep.message());
      case Change.Drop drop -> tx.query(DROP, drop.message().requestId());
      case Change.PutSecret put ->
          tx.query(PUT_SECRET, put.connectionId(), put.name(), put.sealed());
      case Change.PutCounter put ->
          tx.query(PUT_COUNTER, put.connectionId(), put.nodeId(), RecordJson.encode(put.count()));
      case Change.Tell tell ->
          tell.events()
              .forEach(
                  event ->
                      tx.tell(OscpAddresses.EVENT.at(event.microgridId()), event, cause(event)));
    }
  }

  private static void write(Transaction tx, Outgoing message) {
    tx.query(
        KEEP,
        message.connectionId(),
        message.queue().name(),
        message.action().name(),
        message.requestId(),
        message.correlationId().orElse(null),
        message.body(),
        message.label(),
        utc(message.createdAt()));
  }

  private Cause cause(ConnectionEvent event) {
    return new Cause(
        event.eventId(),
        event.occurredAt(),
        event.actor(),
        context.pluginId(),
        event.correlationId());
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void forget(Instant before) {
    store.query("delete from seen_message where seen_at < $1", utc(before));
  }

  @Override
  public void close() {
    store.close();
  }
}
