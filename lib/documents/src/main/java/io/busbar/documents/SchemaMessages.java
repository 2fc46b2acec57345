package io.busbar.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.busbar.api.Problem;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says what a schema violation means: what was found and what was expected. */
final class SchemaMessages {

  private final JsonNode definition;

  SchemaMessages(JsonNode definition) {
    this.definition = definition;
  }

  /** The violation as a problem; {@code null} for one that only repeats what others say better. */
  Problem problem(Document document, ValidationMessage violation) {
    String keyword = violation.getType();
    String place = violation.getInstanceLocation().toString();
    JsonNode found = document.root().at(place);
    String keywordPointer = violation.getSchemaLocation().getFragment().toString();
    JsonNode expected = definition.at(keywordPointer);
    JsonNode schema = definition.at(JsonPointers.parent(keywordPointer));
    String property = violation.getProperty();
    return switch (keyword) {
      case "additionalProperties", "unevaluatedProperties" ->
          document.problem(
              Document.SCHEMA,
              JsonPointers.child(place, property),
              unknownKey(property, keys(schema.path("properties"))));
      case "required" -> missing(document, place, property, schema);
      case "dependentRequired" ->
          document.problem(Document.SCHEMA, place, alsoRequired(found, expected));
      default -> {
        String text = message(keyword, found, expected, violation);
        yield document.problem(Document.SCHEMA, place, text + purpose(schema));
      }
    };
  }

  private Problem missing(Document document, String place, String property, JsonNode schema) {
    String purpose = purpose(resolve(schema.path("properties").path(property)));
    return document.problem(
        Document.SCHEMA, place, "missing key '%s'%s".formatted(property, purpose));
  }

  private static String alsoRequired(JsonNode found, JsonNode expected) {
    return expected.properties().stream()
        .filter(entry -> found.has(entry.getKey()))
        .flatMap(
            entry ->
                StreamSupport.stream(entry.getValue().spliterator(), false)
                    .filter(other -> !found.has(other.asText()))
                    .map(
                        other ->
                            "'%s' needs '%s' beside it".formatted(entry.getKey(), other.asText())))
        .collect(Collectors.joining("; "));
  }

  private static String message(
      String keyword, JsonNode found, JsonNode expected, ValidationMessage violation) {
    String is = show(found);
    String bound = expected.asText();
    return switch (keyword) {
      case "type" -> "expected %s, found %s".formatted(types(expected), typed(found));
      case "minimum" -> "%s is too small; the least is %s".formatted(is, bound);
      case "maximum" -> "%s is too large; the most is %s".formatted(is, bound);
      case "exclusiveMinimum" -> "%s is too small; expected more than %s".formatted(is, bound);
      case "exclusiveMaximum" -> "%s is too large; expected less than %s".formatted(is, bound);
      case "multipleOf" -> "%s is no multiple of %s".formatted(is, bound);
      case "enum" -> "%s is not one of %s".formatted(is, list(expected));
      case "const" -> "expected %s, found %s".formatted(show(expected), is);
      case "pattern" -> "%s does not match the pattern %s".formatted(is, bound);
      case "format" -> "%s is no valid %s".formatted(is, bound);
      case "minLength" ->
          bound.equals("1")
              ? "must not be empty"
              : "%s is too short; the least is %s characters".formatted(is, bound);
      case "maxLength" -> "%s is too long; the most is %s characters".formatted(is, bound);
      case "minItems" -> "has %d items; the least is %s".formatted(found.size(), bound);
      case "maxItems" -> "has %d items; the most is %s".formatted(found.size(), bound);
      case "uniqueItems" -> "the same item is there more than once";
      case "minProperties" -> "has %d keys; the least is %s".formatted(found.size(), bound);
      default -> violation.getError();
    };
  }

  private static String unknownKey(String key, List<String> known) {
    return known.stream()
            .filter(candidate -> distance(candidate, key) <= Math.max(1, key.length() / 4))
            .findFirst()
            .map(meant -> "unknown key '%s', did you mean '%s'?".formatted(key, meant))
            .orElse("unknown key '%s'".formatted(key))
        + (known.isEmpty() ? "" : " (known here: %s)".formatted(String.join(", ", known)));
  }

  /** Number of single-letter edits between two words. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }

  private static String purpose(JsonNode schema) {
    String description = schema.path("description").asText();
    int end = description.indexOf(". ");
    String first = end < 0 ? description : description.substring(0, end);
    return first.isEmpty() ? "" : " — " + first.replaceAll("\\.$", "");
  }

  private static String typed(JsonNode found) {
    return switch (found.getNodeType()) {
      case NULL, MISSING -> "nothing";
      case OBJECT -> "a mapping";
      case ARRAY -> "a list";
      case STRING -> "the text " + show(found);
      default -> found.getNodeType().name().toLowerCase(Locale.ROOT) + " " + show(found);
    };
  }

  private static String types(JsonNode expected) {
    return expected.isArray()
        ? StreamSupport.stream(expected.spliterator(), false)
            .map(SchemaMessages::type)
            .collect(Collectors.joining(" or "))
        : type(expected);
  }

  private static String type(JsonNode name) {
    return switch (name.asText()) {
      case "object" -> "a mapping";
      case "array" -> "a list";
      case "string" -> "a text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      default -> name.asText();
    };
  }

  private static String show(JsonNode value) {
    String text = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static String list(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(value -> value.isTextual() ? value.textValue() : value.toString())
        .collect(Collectors.joining(", "));
  }

  private static List<String> keys(JsonNode properties) {
    Iterator<String> names = properties.fieldNames();
    return StreamSupport.stream(((Iterable<String>) () -> names).spliterator(), false).toList();
  }

  private JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return schema.has("description") || !reference.startsWith("#")
        ? schema
        : definition.at(reference.substring(1));
  }
}
