package io.busbar.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * A parsed YAML 1.2 or JSON text that knows on which line everything stands. Immutable as long as
 * nobody changes {@link #root()}.
 */
public final class Document {

  /** Rule name of what is no YAML or JSON, or more than a document may be. */
  public static final String SYNTAX = "SYNTAX";

  /** Rule name of what the schema does not allow. */
  public static final String SCHEMA = "SCHEMA";

  private final String source;
  private final JsonNode root;
  private final Map<String, Integer> lines;

  Document(String source, JsonNode root, Map<String, Integer> lines) {
    this.source = source;
    this.root = root;
    this.lines = lines;
  }

  /**
   * Parses one document. At most 16 Mi characters, 64 levels and a million values; keys are
   * strings, each once per mapping. An empty text is the document {@code null}.
   *
   * @param source what messages call the text, usually a file name
   * @param text YAML 1.2 (core schema) or JSON
   * @throws DocumentException naming everything wrong with the text
   */
  public static Document parse(String source, String text) {
    return new DocumentParser(source).parse(text);
  }

  /** What messages call the text. */
  public String source() {
    return source;
  }

  /** The content. */
  public JsonNode root() {
    return root;
  }

  /**
   * Line, from 1, of a key or list item; of its nearest ancestor that is written in the text when
   * it is not there itself.
   *
   * @param pointer JSON pointer such as {@code /circuits/2/parent}; empty for the root
   */
  public int line(String pointer) {
    String written = pointer;
    while (!written.isEmpty() && !lines.containsKey(written)) {
      written = JsonPointers.parent(written);
    }
    return lines.getOrDefault(written, 1);
  }

  /** What stands below one key of the root, as a document of its own that keeps its lines. */
  public Document below(String key) {
    String prefix = JsonPointers.child("", key);
    Map<String, Integer> shorter = new HashMap<>();
    lines.forEach(
        (pointer, line) -> {
          if (pointer.equals(prefix) || pointer.startsWith(prefix + "/")) {
            shorter.put(pointer.substring(prefix.length()), line);
          }
        });
    return new Document(source, root.path(key), shorter);
  }

  /** A problem of this document, with line and path of the pointer. */
  public Problem problem(String rule, String pointer, String message) {
    return new Problem(rule, source, line(pointer), JsonPointers.path(pointer), message);
  }
}
