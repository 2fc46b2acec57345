package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.wire.StrictJson;
import java.util.Set;

/** Makes bodies fit to be shown: without secrets, and short. */
final class Masks {

  private static final int LONGEST = 2_000;
  private static final Set<String> SECRETS =
      Set.of("token", "access_token", "refresh_token", "client_secret");

  private Masks() {}

  /** A body without what nobody may see; what is no JSON is not shown at all. */
  static String body(String body) {
    if (body.isEmpty()) {
      return "";
    }
    try {
      return shortened(masked(StrictJson.parse(body)).toString());
    } catch (IllegalArgumentException e) {
      return "(%d characters that are no JSON)".formatted(body.length());
    }
  }

  private static JsonNode masked(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : SECRETS) {
        if (object.has(name)) {
          object.put(name, "***");
        }
      }
    }
    return node;
  }

  /** The message of an error body; nothing of a body that is none. */
  static String error(String body) {
    try {
      return shortened(StrictJson.parse(body).path("message").asText(""));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
