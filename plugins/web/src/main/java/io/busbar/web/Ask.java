package io.busbar.web;

import io.busbar.api.audit.AuditPlace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a request asks for, read and named when it cannot be. */
record Ask(RoutingContext request) {

  private static final int DEFAULT_PAGE = 50;

  /** Names the microgrid in a path. */
  static final String MICROGRID = "microgrid_id";

  /** Characters of a correlation id, as the contract says. */
  private static final int LONGEST = 200;

  /** Who asks. */
  String actor() {
    return ApiRouter.principal(request).name();
  }

  /** What ties together all that the request causes; made up when the request says nothing. */
  String correlation() {
    String given = request.request().getHeader("X-Correlation-Id");
    return given == null || given.isBlank()
        ? UUID.randomUUID().toString()
        : read(
            "X-Correlation-Id", given, "at most " + LONGEST + " printable ASCII", Ask::traceable);
  }

  private static String traceable(String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("no correlation id");
    }
    return text;
  }

  UUID microgridId() {
    return id(MICROGRID);
  }

  /** An id in the path. */
  UUID id(String name) {
    return uuid(name, request.pathParam(name));
  }

  /** The body; an empty object when there is none. */
  JsonObject body() {
    return request.body().isEmpty() ? new JsonObject() : request.body().asJsonObject();
  }

  Optional<String> query(String name) {
    List<String> values = request.queryParam(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  Optional<UUID> queryId(String name) {
    return query(name).map(text -> uuid(name, text));
  }

  Optional<Integer> queryNumber(String name) {
    return query(name).map(text -> read(name, text, "a whole number", Integer::valueOf));
  }

  Optional<Instant> queryTime(String name) {
    return query(name).map(text -> time(name, text));
  }

  static Instant time(String name, String text) {
    return read(name, text, "a time such as 2026-03-02T10:00:00Z", Ask::time);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Values of a parameter that may be given several times, or once with commas. */
  List<String> queryList(String name) {
    return request.queryParam(name).stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .filter(value -> !value.isBlank())
        .toList();
  }

  int limit() {
    return queryNumber("limit").orElse(DEFAULT_PAGE);
  }

  /** A place in the audit, as {@link #cursor} wrote it. */
  Optional<AuditPlace> place() {
    return query("cursor")
        .map(text -> read("cursor", text, "one from the page before", Ask::place));
  }

  private static AuditPlace place(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(" ");
    if (parts.length != 2) {
      throw new IllegalArgumentException("expected a time and an id");
    }
    return new AuditPlace(time(parts[0]), UUID.fromString(parts[1]));
  }

  static String cursor(AuditPlace place) {
    String text = place.occurredAt() + " " + place.eventId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  static UUID uuid(String name, String text) {
    return read(name, text, "a UUID", UUID::fromString);
  }

  static <T> T read(String name, String text, String expected, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      JsonObject detail = new JsonObject().put("path", name).put("problem", "expected " + expected);
      String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
      throw new ApiError(
              400, "BAD_REQUEST", "%s '%s': expected %s".formatted(name, shown, expected))
          .with("details", new JsonArray().add(detail));
    }
  }
}
