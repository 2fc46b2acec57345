package io.busbar.store;

import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.AuditPage;
import io.busbar.api.audit.AuditPlace;
import io.busbar.api.audit.GetAudit;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Pages of the view {@code audit_stream}. */
final class AuditReader {

  private static final String EVENTS =
      """
      select event_id, occurred_at, actor, source, correlation_id, topic, key, payload::text as payload
      from audit_stream where %s
      order by occurred_at desc, event_id desc limit $%d
      """;

  private static final Pattern SITE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Store store;

  AuditReader(Store store) {
    this.store = store;
  }

  AuditPage page(GetAudit question) {
    Where where = new Where();
    question.microgridId().ifPresent(id -> where.and("key = $%d", id.toString()));
    question.topic().ifPresent(topic -> where.and("topic = $%d", topic));
    question.actor().ifPresent(actor -> where.and("actor = $%d", actor));
    question.correlationId().ifPresent(id -> where.and("correlation_id = $%d", id));
    question.from().ifPresent(from -> where.and("occurred_at >= $%d", utc(from)));
    question.to().ifPresent(to -> where.and("occurred_at < $%d", utc(to)));
    question.before().ifPresent(place -> older(where, place));
    return new AuditPage(
        store.query(where.select(), where.values(question.limit())).stream()
            .map(AuditReader::event)
            .toList());
  }

  private static void older(Where where, AuditPlace place) {
    where.and("occurred_at <= $%d", utc(place.occurredAt()));
    where.and("(occurred_at, event_id) < ($%d, $%d)", utc(place.occurredAt()), place.eventId());
  }

  private static AuditEvent event(Row row) {
    return new AuditEvent(
        row.getUUID("event_id"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        row.getString("actor"),
        row.getString("source"),
        row.getString("correlation_id"),
        row.getString("topic"),
        microgridId(row.getString("key")),
        payload(row.getString("payload")));
  }

  private static Optional<UUID> microgridId(String key) {
    return Optional.ofNullable(key)
        .filter(text -> SITE.matcher(text).matches())
        .map(UUID::fromString);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> payload(String json) {
    return RecordJson.decode(json, Map.class);
  }

  private static Object utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Conditions and their values, numbered as they come. */
  private static final class Where {
    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final List<Object> values = new ArrayList<>();

    void and(String condition, Object... added) {
      Object[] numbers = new Object[added.length];
      for (int i = 0; i < added.length; i++) {
        values.add(added[i]);
        numbers[i] = values.size();
      }
      conditions.add(condition.formatted(numbers));
    }

    String select() {
      return EVENTS.formatted(String.join(" and ", conditions), values.size() + 1);
    }

    Object[] values(int limit) {
      List<Object> all = new ArrayList<>(values);
      all.add(limit);
      return all.toArray();
    }
  }
}
