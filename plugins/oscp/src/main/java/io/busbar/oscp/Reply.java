package io.busbar.oscp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a partner.
 *
 * @param status HTTP status
 * @param headers beside those that every answer has
 * @param message what is wrong; empty for 204
 * @param body of an answer that is no error; empty for none
 * @param sent is run when the answer has left
 */
record Reply(int status, Map<String, String> headers, String message, String body, Runnable sent) {

  private static final int LONGEST = 300;

  static Reply accepted(Runnable sent) {
    return new Reply(204, Map.of(), "", "", sent);
  }

  static Reply json(String body) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store");
    return new Reply(200, headers, "", body, () -> {});
  }

  static Reply refused(Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>(refusal.headers());
    headers.put("Content-Type", "application/json");
    headers.put("X-Error-Message", ascii(refusal.getMessage()));
    return new Reply(refusal.status(), headers, shortened(refusal.getMessage()), "", () -> {});
  }

  /** The bytes of the answer; none for 204. */
  String content() {
    return message.isEmpty()
        ? body
        : JsonNodeFactory.instance.objectNode().put("message", message).toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  private static String ascii(String text) {
    return shortened(text).replaceAll("[^\\x20-\\x7e]", "?");
  }
}
