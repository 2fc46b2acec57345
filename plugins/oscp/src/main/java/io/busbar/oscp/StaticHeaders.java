package io.busbar.oscp;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Headers that a partner wants with every message. */
final class StaticHeaders {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final List<String> OURS =
      List.of("authorization", "host", "content-length", "content-type", "x-correlation-id");

  private StaticHeaders() {}

  /**
   * The headers by name; {@code X-Request-ID} stands for the id of each message and has no value.
   *
   * @throws IllegalArgumentException if one may not be set, naming it but never its value
   */
  static Map<String, String> checked(String connection, JsonObject headers) {
    Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : headers.fieldNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (OURS.contains(lower) || lower.startsWith("x-segment-")) {
        throw refusal(connection, name, "is set for every message by itself");
      }
      if (!NAME.matcher(name).matches()) {
        throw refusal(connection, name, "is no name of a header");
      }
      String value = String.valueOf(headers.getValue(name));
      if (!VALUE.matcher(value).matches()) {
        throw refusal(connection, name, "has a value with characters that cannot be seen");
      }
      if (!lower.equals("x-request-id") && checked.put(name, value) != null) {
        throw refusal(connection, name, "is there twice");
      }
    }
    return Collections.unmodifiableMap(checked);
  }

  private static IllegalArgumentException refusal(String connection, String name, String what) {
    return new IllegalArgumentException(
        "connections.%s.headers: '%s' %s"
            .formatted(connection, name.replaceAll("[^\\x20-\\x7e]", "?"), what));
  }
}
