package io.busbar.store;

import io.busbar.api.Bus;
import io.busbar.api.Topic;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events between their commit and the bus. */
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int BATCH = 500;
  private static final Duration KEPT = Duration.ofDays(1);

  /** Held until the commit, so that positions are handed out in the order of commits. */
  private static final String LOCK = "select pg_advisory_xact_lock(hashtext($1), 1)";

  private static final String APPEND =
      """
      with event as (
        insert into audit_event
          (event_id, occurred_at, actor, source, correlation_id, topic, key, payload)
        values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)
        returning event_id)
      insert into outbox (event_id) select event_id from event
      """;

  private static final String WAITING =
      """
      select o.position, e.event_id, e.topic, e.key, e.payload::text as payload
      from outbox o join audit_event e using (event_id)
      where o.published_at is null and o.position > $1
      order by o.position limit $2
      """;

  private static final String PUBLISHED =
      "update outbox set published_at = $1 where position = any($2)";

  private static final String FORGET = "delete from outbox where published_at < $1";

  private final Pool pool;
  private final String schema;
  private final Bus bus;
  private final Clock clock;
  private final Map<String, Topic<?>> topics;

  /**
   * Requests for publishing not served yet. Whoever makes it rise from 0 publishes for all: a lock
   * held while waiting for the database would stop the context that has to deliver its answer.
   */
  private final AtomicInteger requests = new AtomicInteger();

  /** Events of transactions that are committing: whoever commits them is not done with them yet. */
  private final Set<UUID> held = ConcurrentHashMap.newKeySet();

  private volatile boolean open;
  private volatile long skipped;

  Outbox(Pool pool, String schema, Bus bus, Clock clock, List<Topic<?>> topics) {
    this.pool = pool;
    this.schema = schema;
    this.bus = bus;
    this.clock = clock;
    this.topics = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
  }

  /** From now on events are told; before, listeners might not be there yet. */
  void open() {
    open = true;
  }

  /** Adds the transaction's events; the last thing before its commit. */
  void append(Transaction transaction) {
    if (transaction.pending().isEmpty()) {
      return;
    }
    transaction.pending().forEach(pending -> held.add(pending.cause().eventId()));
    transaction.query(LOCK, schema);
    transaction.batch(APPEND, transaction.pending().stream().map(this::tuple).toList());
  }

  /** The transaction is over, one way or the other: its events, if there are any, may be told. */
  void release(Transaction transaction) {
    transaction.pending().forEach(pending -> held.remove(pending.cause().eventId()));
  }

  private Tuple tuple(Transaction.Pending pending) {
    Topic<?> topic = pending.topic();
    if (!topics.containsKey(topic.name())) {
      throw new IllegalArgumentException(
          topic.name() + " is not among the topics the store was opened with");
    }
    Cause cause = pending.cause();
    return Tuple.from(
        new Object[] {
          cause.eventId(),
          utc(cause.occurredAt()),
          cause.actor(),
          cause.source(),
          cause.correlationId(),
          topic.name(),
          topic.key().orElse(null),
          RecordJson.encode(pending.event())
        });
  }

  /**
   * Tells everything that waits, oldest first, and marks it. When somebody is at it already, that
   * one goes on with what is new.
   */
  void publish() {
    if (!open || requests.getAndIncrement() > 0) {
      return;
    }
    int served = 1;
    do {
      try {
        publishWaiting();
      } catch (RuntimeException | Error e) {
        requests.set(0);
        throw e;
      }
      served = requests.addAndGet(-served);
    } while (served > 0);
  }

  private void publishWaiting() {
    int seen = BATCH;
    while (seen == BATCH) {
      RowSet<Row> rows = Waiting.on(pool.preparedQuery(WAITING).execute(Tuple.of(skipped, BATCH)));
      List<Row> free =
          rows.stream().takeWhile(row -> !held.contains(row.getUUID("event_id"))).toList();
      Long[] done =
          free.stream().filter(this::tell).map(row -> row.getLong("position")).toArray(Long[]::new);
      seen = free.size();
      Waiting.on(
          pool.preparedQuery(PUBLISHED).execute(Tuple.of(utc(clock.instant()), (Object) done)));
    }
    Waiting.on(pool.preparedQuery(FORGET).execute(Tuple.of(utc(clock.instant().minus(KEPT)))));
  }

  /** False, and not tried again in this run, for an event that this version cannot read. */
  private boolean tell(Row row) {
    String name = row.getString("topic");
    try {
      if (topics.containsKey(name)) {
        tell(topics.get(name), row);
        return true;
      }
      LOG.warn("{}: an event is left untold, this version knows no topic {}", schema, name);
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: an event of {} is left untold: {}", schema, name, e.getMessage());
    }
    skipped = Math.max(skipped, row.getLong("position"));
    return false;
  }

  private <E> void tell(Topic<E> topic, Row row) {
    E event = RecordJson.decode(row.getString("payload"), topic.eventType());
    String key = row.getString("key");
    bus.tell(key == null ? topic : topic.at(key), event);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
