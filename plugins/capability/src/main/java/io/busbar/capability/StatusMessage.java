package io.busbar.capability;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.wire.RecordJson;
import io.busbar.wire.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A status as a message says it: ids in the topic, the rest as JSON. */
final class StatusMessage {

  /** Larger messages are refused unread. */
  static final int MOST_BYTES = 64 * 1024;

  private static final Set<String> FIELDS =
      Set.of(
          "operational_status", "observed_at", "reported_by", "source_event_ref", "status_detail");

  private final String prefix;

  /**
   * For topics with a prefix.
   *
   * @param prefix first levels, without the last slash
   */
  StatusMessage(String prefix) {
    this.prefix = prefix;
  }

  /** The topics of all control points, as subscriptions name them. */
  String subscription() {
    return prefix + "/+/control-points/+/status";
  }

  /**
   * Reads a message.
   *
   * @param actor who sends it
   * @throws Malformed naming what is wrong
   */
  RecordStatus read(String topic, Buffer payload, String actor) {
    String[] levels =
        topic.startsWith(prefix + "/")
            ? topic.substring(prefix.length() + 1).split("/", -1)
            : new String[0];
    if (levels.length != 4 || !levels[1].equals("control-points") || !levels[3].equals("status")) {
      throw new Malformed(
          "TOPIC_UNKNOWN",
          "expected %s/MICROGRID_ID/control-points/CONTROL_POINT_ID/status".formatted(prefix));
    }
    UUID microgrid = id("microgrid_id", levels[0]);
    UUID point = id("control_point_id", levels[2]);
    JsonNode body = json(payload);
    body.fieldNames().forEachRemaining(StatusMessage::checkName);
    return new RecordStatus(
        microgrid,
        Optional.of(point),
        Optional.empty(),
        status(body),
        reportedBy(body),
        time(body),
        text(body, "source_event_ref"),
        detail(body),
        actor,
        text(body, "source_event_ref").orElseGet(() -> UUID.randomUUID().toString()));
  }

  private static UUID id(String what, String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // named below
    }
    throw new Malformed("TOPIC_UNKNOWN", "%s '%s' is no UUID".formatted(what, text));
  }

  private static JsonNode json(Buffer payload) {
    if (payload.length() > MOST_BYTES) {
      throw new Malformed(
          "TOO_LARGE", "%d bytes, at most %d".formatted(payload.length(), MOST_BYTES));
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(payload.getBytes()))
              .toString();
      JsonNode body = StrictJson.parse(text);
      if (body.isObject()) {
        return body;
      }
      throw new Malformed("NOT_JSON", "expected an object, found " + body.getNodeType());
    } catch (CharacterCodingException e) {
      throw new Malformed("NOT_UTF8", "the payload is no UTF-8");
    } catch (IllegalArgumentException e) {
      throw new Malformed("NOT_JSON", e.getMessage());
    }
  }

  private static void checkName(String field) {
    if (!FIELDS.contains(field)) {
      throw new Malformed("FIELD_UNKNOWN", "'%s': expected one of %s".formatted(field, FIELDS));
    }
  }

  private static String status(JsonNode body) {
    JsonNode status = body.path("operational_status");
    if (status.isBoolean()) {
      return status.booleanValue() ? "ON" : "OFF";
    }
    return text(body, "operational_status")
        .orElseThrow(() -> wrong("operational_status", "a text or a boolean", status));
  }

  private static ControlSource reportedBy(JsonNode body) {
    Optional<String> text = text(body, "reported_by");
    try {
      return text.map(ControlSource::valueOf).orElse(ControlSource.EXTERNAL);
    } catch (IllegalArgumentException e) {
      throw wrong("reported_by", "LOCAL or EXTERNAL", body.path("reported_by"));
    }
  }

  private static Instant time(JsonNode body) {
    try {
      return text(body, "observed_at")
          .map(Instant::parse)
          .orElseThrow(() -> wrong("observed_at", "a time", body.path("observed_at")));
    } catch (DateTimeParseException e) {
      throw wrong("observed_at", "a time such as 2026-03-02T10:00:00Z", body.path("observed_at"));
    }
  }

  private static Optional<String> text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(field, "a text", value);
    }
    return Optional.of(value.textValue());
  }

  /** The reporter's fields, with a raw boolean status beside them. */
  @SuppressWarnings("unchecked")
  private static Optional<Map<String, Object>> detail(JsonNode body) {
    JsonNode given = body.path("status_detail");
    if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
      throw wrong("status_detail", "an object", given);
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    if (given.isObject()) {
      detail.putAll(RecordJson.mapper().convertValue(given, Map.class));
    }
    JsonNode status = body.path("operational_status");
    if (status.isBoolean()) {
      detail.put("raw_status", status.booleanValue());
    }
    return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
  }

  private static Malformed wrong(String field, String expected, JsonNode found) {
    String text = found.isMissingNode() ? "nothing" : found.toString();
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new Malformed(
        "FIELD_INVALID", "%s: expected %s, found %s".formatted(field, expected, shown));
  }
}
