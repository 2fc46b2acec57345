package io.busbar.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records as JSON: names in {@code snake_case}, absent values as {@code null}, times as ISO-8601 in
 * UTC, durations as ISO-8601. A record of a sealed interface carries {@code "type"}, its class's
 * name in snake case. Unknown fields are ignored when reading, so that a newer teller can add some.
 */
public final class RecordJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .annotationIntrospector(new SealedTypes())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RecordJson() {}

  /**
   * A record, or anything made of records, as JSON text.
   *
   * @throws IllegalArgumentException if something in it has no JSON form
   */
  public static String encode(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no JSON form for " + value.getClass().getName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the text is not JSON of that type; the message says where
   */
  public static <T> T decode(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (InvalidFormatException e) {
      throw new IllegalArgumentException(
          "%s '%s': expected %s".formatted(place(e), e.getValue(), form(e.getTargetType())), e);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(place(e) + ": " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Where in a text, as a JSON pointer. */
  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
        .collect(Collectors.joining());
  }

  /** What a value should have looked like, for people. */
  private static String form(Class<?> type) {
    if (type == Instant.class) {
      return "a time such as 2026-03-02T10:00:00Z";
    }
    if (type == LocalTime.class) {
      return "a time of day such as 17:30";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-03-02";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    return type == UUID.class ? "a UUID" : "a " + type.getSimpleName();
  }

  /** The mapper itself, for trees and streams; not to be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }
}
