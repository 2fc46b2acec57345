package io.busbar.api;

/**
 * One thing wrong with a document that a person wrote.
 *
 * @param rule stable machine name: {@code SYNTAX}, {@code SCHEMA}, or a rule of the domain such as
 *     {@code CYCLE}
 * @param source name of the document, usually a file
 * @param line line in it, from 1; 0 when the problem has no line
 * @param path place in the document, such as {@code circuits[2].parent}
 * @param message what is wrong and what was expected
 */
public record Problem(String rule, String source, int line, String path, String message) {

  /** As a compiler would print it: {@code site.yaml:12: circuits[2].parent: ...}. */
  @Override
  public String toString() {
    String place = line > 0 ? source + ":" + line : source;
    return path.isEmpty()
        ? "%s: %s (%s)".formatted(place, message, rule)
        : "%s: %s: %s (%s)".formatted(place, path, message, rule);
  }
}
