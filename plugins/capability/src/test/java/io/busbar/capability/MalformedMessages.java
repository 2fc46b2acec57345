package io.busbar.capability;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A hundred ways to send something that is no status. */
final class MalformedMessages {

  static final String TOPIC = "busbar/" + Depot.SITE + "/control-points/" + Depot.DER + "/status";

  static final String GOOD =
      "{\"operational_status\": \"on\", \"observed_at\": \"2026-03-02T10:00:00Z\","
          + " \"source_event_ref\": \"r1\", \"status_detail\": {\"x\": 1}}";

  private MalformedMessages() {}

  /** One, and the reason that has to be found. */
  record Bad(String topic, Buffer payload, String reason) {

    /** Whether it can be told from the message alone. */
    boolean isFormal() {
      return !List.of("UNKNOWN_CONTROL_POINT", "OBSERVED_IN_FUTURE", "REPORTED_BY_MISMATCH")
              .contains(reason)
          && !reason.equals("STATUS_INVALID");
    }
  }

  /** Those that a broker gives to the subscription of the plugin. */
  static List<Bad> delivered() {
    return all().stream()
        .filter(bad -> bad.topic().matches("busbar/[^/]+/control-points/[^/]+/status"))
        .toList();
  }

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    for (int cut = 1; cut <= 40; cut++) {
      add(all, "NOT_JSON", GOOD.substring(0, GOOD.length() - cut * 3));
    }
    for (String text :
        new String[] {
          "",
          " ",
          "null",
          "true",
          "1",
          "\"on\"",
          "[]",
          "[{}]",
          "{}{}",
          GOOD + "x",
          "on",
          "{'a':1}",
          "{\"operational_status\": NaN}",
          "<status/>",
          "\\u0000",
          "{\"a\":1,}",
          "{\"observed_at\": 1, \"observed_at\": 2}",
          GOOD.replace("{\"x\": 1}", "{\"x\": " + "[".repeat(900) + "]".repeat(900) + "}"),
          GOOD.replace("{\"x\": 1}", "{\"x\": 1e999}")
        }) {
      add(all, "NOT_JSON", text);
    }
    fields(all);
    bytes(all);
    topics(all);
    rules(all);
    return all;
  }

  private static void fields(List<Bad> all) {
    for (String value : new String[] {"1", "null", "{}", "[]", "[\"on\"]", "1.5"}) {
      add(all, "FIELD_INVALID", GOOD.replace("\"on\"", value));
    }
    for (String value :
        new String[] {
          "1",
          "null",
          "true",
          "\"\"",
          "\"yesterday\"",
          "\"2026-03-02\"",
          "\"10:00\"",
          "{}",
          "\"2026-13-02T10:00:00Z\"",
          "\"2026-03-02T25:00:00Z\"",
          "\"2026-03-02T10:00:00\""
        }) {
      add(all, "FIELD_INVALID", GOOD.replace("\"2026-03-02T10:00:00Z\"", value));
    }
    for (String value : new String[] {"1", "true", "{}", "[]"}) {
      add(all, "FIELD_INVALID", GOOD.replace("\"r1\"", value));
    }
    for (String value : new String[] {"1", "true", "\"x\"", "[]"}) {
      add(all, "FIELD_INVALID", GOOD.replace("{\"x\": 1}", value));
    }
    for (String value : new String[] {"1", "\"SOMEBODY\"", "\"local\"", "{}"}) {
      add(all, "FIELD_INVALID", GOOD.replaceFirst("\\{", "{\"reported_by\": " + value + ","));
    }
    add(all, "FIELD_INVALID", "{}");
    add(all, "FIELD_INVALID", "{\"operational_status\": \"on\"}");
    add(all, "FIELD_INVALID", "{\"observed_at\": \"2026-03-02T10:00:00Z\"}");
    for (String name : new String[] {"status", "Operational_Status", "time", "\\u0000"}) {
      add(all, "FIELD_UNKNOWN", GOOD.replaceFirst("\\{", "{\"" + name + "\": 1,"));
    }
  }

  private static void bytes(List<Bad> all) {
    all.add(new Bad(TOPIC, Buffer.buffer(new byte[1 << 20]), "TOO_LARGE"));
    all.add(new Bad(TOPIC, Buffer.buffer(" ".repeat(70_000) + GOOD), "TOO_LARGE"));
    for (int first : new int[] {0x80, 0xC0, 0xFF, 0xFE, 0xF8}) {
      all.add(new Bad(TOPIC, Buffer.buffer(new byte[] {(byte) first, 1, 2}), "NOT_UTF8"));
    }
    all.add(new Bad(TOPIC, Buffer.buffer(new byte[] {0, 0, 0}), "NOT_JSON"));
  }

  private static void topics(List<Bad> all) {
    for (String topic :
        new String[] {
          "busbar",
          "busbar/x",
          "other/" + TOPIC,
          TOPIC + "/more",
          TOPIC.replace("status", "state"),
          TOPIC.replace(Depot.SITE.toString(), "site"),
          TOPIC.replace(Depot.DER.toString(), "1-1-1-1-1"),
          TOPIC.replace("control-points", "points")
        }) {
      all.add(new Bad(topic, Buffer.buffer(GOOD), "TOPIC_UNKNOWN"));
    }
  }

  private static void rules(List<Bad> all) {
    String nobody = "00000000-0000-0000-0000-0000000000ff";
    all.add(
        new Bad(
            TOPIC.replace(Depot.DER.toString(), nobody),
            Buffer.buffer(GOOD),
            "UNKNOWN_CONTROL_POINT"));
    all.add(
        new Bad(
            TOPIC.replace(Depot.SITE.toString(), nobody),
            Buffer.buffer(GOOD),
            "UNKNOWN_CONTROL_POINT"));
    add(all, "OBSERVED_IN_FUTURE", GOOD.replace("2026-", "2099-"));
    add(all, "REPORTED_BY_MISMATCH", GOOD.replaceFirst("\\{", "{\"reported_by\": \"LOCAL\","));
    add(all, "STATUS_INVALID", GOOD.replace("\"on\"", "\" \""));
    add(all, "STATUS_INVALID", GOOD.replace("\"on\"", "\"" + "x".repeat(501) + "\""));
    add(all, "STATUS_INVALID", GOOD.replace("\"r1\"", "\"\""));
    add(all, "STATUS_INVALID", GOOD.replace("\"on\"", "\"\\u0000\""));
  }

  private static void add(List<Bad> all, String reason, String text) {
    all.add(new Bad(TOPIC, Buffer.buffer(text), reason));
  }
}
