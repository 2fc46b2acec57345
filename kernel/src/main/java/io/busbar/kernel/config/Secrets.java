package io.busbar.kernel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of references: {@code ${env:NAME}} and {@code ${file:path}}. */
final class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private final String plugin;
  private final Settings settings;
  private final List<Problem> problems;

  Secrets(String plugin, Settings settings, List<Problem> problems) {
    this.plugin = plugin;
    this.settings = settings;
    this.problems = problems;
  }

  /** Whether a value is a reference, and so may be shown. */
  static boolean isReference(String value) {
    return REFERENCE.matcher(value).matches();
  }

  JsonNode resolve(JsonNode node) {
    return resolve(node.deepCopy(), "");
  }

  private JsonNode resolve(JsonNode node, String path) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(e -> e.setValue(resolve(e.getValue(), path + "." + e.getKey())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, resolve(array.get(i), path + "[" + i + "]"));
        }
      }
      case TextNode text -> {
        Matcher reference = REFERENCE.matcher(text.textValue());
        if (reference.matches()) {
          return TextNode.valueOf(value(reference.group(1), reference.group(2), path));
        }
      }
      default -> {
        return node;
      }
    }
    return node;
  }

  private String value(String kind, String name, String path) {
    Optional<String> value =
        kind.equals("env") ? Optional.ofNullable(settings.environment(name)) : read(name);
    if (value.isEmpty()) {
      String what = kind.equals("env") ? "environment variable " + name : "file " + name;
      problems.add(
          new Problem(
              Document.SCHEMA,
              "settings of " + plugin,
              0,
              path.substring(1),
              what + " does not exist or cannot be read"));
    }
    return value.orElse("");
  }

  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(settings.folder().resolve(file)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
