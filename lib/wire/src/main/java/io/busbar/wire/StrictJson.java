package io.busbar.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/**
 * JSON of strangers. What could mean one thing here and another elsewhere is refused: a name that
 * is there twice, a number that is infinite when read, something behind the end; and so is what
 * nests deeper than {@link #MOST_LEVELS}, because whoever walks through it calls itself as often.
 */
public final class StrictJson {

  /** Objects and arrays in one another; ours need five. */
  public static final int MOST_LEVELS = 64;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /**
   * Reads a text; a missing node when there is nothing in it.
   *
   * @throws IllegalArgumentException saying what is wrong and on which line
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      checkNumbers(root);
      return root;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : ", line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new IllegalArgumentException(e.getOriginalMessage() + where, e);
    }
  }

  private static void checkNumbers(JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("a number is too large for any use");
    }
    node.forEach(StrictJson::checkNumbers);
  }

  /** Where a text is that no database holds, as a JSON pointer; empty when there is none. */
  public static Optional<String> unstorable(JsonNode node) {
    return unstorable(node, "");
  }

  private static Optional<String> unstorable(JsonNode node, String pointer) {
    if (node.isTextual()) {
      return isStorable(node.textValue()) ? Optional.empty() : Optional.of(pointer);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String below = pointer + "/" + field.getKey();
      Optional<String> found =
          isStorable(field.getKey()) ? unstorable(field.getValue(), below) : Optional.of(pointer);
      if (found.isPresent()) {
        return found;
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<String> found = unstorable(node.get(i), pointer + "/" + i);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether a text is Unicode without NUL and without half a surrogate pair. */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }
}
