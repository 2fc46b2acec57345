package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request whose sender is known and whose headers and body keep the rules.
 *
 * @param action what it is about
 * @param method HTTP method
 * @param caller who sends it
 * @param requestId id of the message
 * @param correlationId id of the message it answers
 * @param segment its place among the parts of a larger message
 * @param body content; a missing node when there is none
 * @param digest the same for the same content
 */
record Message(
    Action action,
    String method,
    Caller caller,
    String requestId,
    Optional<String> correlationId,
    Optional<Segment> segment,
    JsonNode body,
    String digest) {

  /** Place of a part: {@code index} of {@code count}, from 1. */
  record Segment(int index, int count) {}

  /** What makes it the same message when it comes again. */
  String identity() {
    return method + " " + action.path();
  }
}
