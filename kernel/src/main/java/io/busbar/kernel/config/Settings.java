package io.busbar.kernel.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values by plugin id as people gave them, in layers: {@code config/}, what is laid over it, the
 * environment, the command line. A later layer goes before an earlier one, key by key.
 */
public final class Settings {

  private final Map<String, List<Document>> layers = new LinkedHashMap<>();
  private final Map<String, String> environment;
  private final List<Document> commandLine = new ArrayList<>();
  private final List<String> commandLinePlugins = new ArrayList<>();

  /**
   * @param environment environment variables; {@code BUSBAR_WEB_PORT} stands for {@code web.port}
   */
  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Adds a folder of {@code <plugin>.yaml} files, or one file whose top-level keys are plugin ids.
   *
   * @throws InvalidSettings if it cannot be read, naming file and line
   */
  public Settings add(Path fileOrFolder) {
    if (Files.isDirectory(fileOrFolder)) {
      try (Stream<Path> files = Files.list(fileOrFolder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".yaml"))
            .sorted()
            .forEach(file -> layer(id(file), parse(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      addAll(parse(fileOrFolder));
    }
    return this;
  }

  private void addAll(Document document) {
    document
        .root()
        .properties()
        .forEach(
            plugin ->
                layer(
                    plugin.getKey(),
                    Document.parse(
                        document.source() + " (" + plugin.getKey() + ")",
                        RecordJson.encode(plugin.getValue()))));
  }

  /** Adds values from a program, by plugin id. */
  public Settings add(String source, JsonNode valuesByPlugin) {
    valuesByPlugin
        .properties()
        .forEach(
            plugin ->
                layer(
                    plugin.getKey(), Document.parse(source, RecordJson.encode(plugin.getValue()))));
    return this;
  }

  /**
   * Adds {@code plugin.key=value} from the command line; the value is read as YAML.
   *
   * @throws InvalidSettings if it has another form
   */
  public Settings set(String assignment) {
    int equals = assignment.indexOf('=');
    int dot = assignment.indexOf('.');
    if (equals < 0 || dot < 1 || dot > equals) {
      throw new InvalidSettings(
          List.of(
              new Problem(
                  Document.SYNTAX, "--set " + assignment, 0, "", "expected plugin.key=value")));
    }
    String plugin = assignment.substring(0, dot);
    List<String> path = List.of(assignment.substring(dot + 1, equals).split("\\."));
    commandLinePlugins.add(plugin);
    commandLine.add(nested("--set " + assignment, path, assignment.substring(equals + 1)));
    return this;
  }

  /** Layers of one plugin, the strongest last; {@code keys} are the setting paths it knows. */
  List<Document> of(String plugin, Set<List<String>> keys) {
    List<Document> all = new ArrayList<>(layers.getOrDefault(plugin, List.of()));
    for (List<String> key : keys) {
      String name = ("busbar_" + plugin + "_" + String.join("_", key)).replace('-', '_');
      String value = environment.get(name.toUpperCase());
      if (value != null) {
        all.add(nested("environment variable " + name.toUpperCase(), key, value));
      }
    }
    for (int i = 0; i < commandLine.size(); i++) {
      if (commandLinePlugins.get(i).equals(plugin)) {
        all.add(commandLine.get(i));
      }
    }
    return all;
  }

  /** Plugins that somebody has given values for. */
  public Set<String> plugins() {
    Set<String> plugins = new java.util.TreeSet<>(layers.keySet());
    plugins.addAll(commandLinePlugins);
    return plugins;
  }

  String environment(String name) {
    return environment.get(name);
  }

  private void layer(String plugin, Document document) {
    layers.computeIfAbsent(plugin, key -> new ArrayList<>()).add(document);
  }

  private static Document nested(String source, List<String> path, String value) {
    StringBuilder text = new StringBuilder();
    path.forEach(key -> text.append("{\"").append(key).append("\": "));
    text.append(value.isEmpty() ? "\"\"" : value).append("}".repeat(path.size()));
    return parse(source, text.toString());
  }

  private static Document parse(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InvalidSettings(
          List.of(
              new Problem(
                  Document.SYNTAX, file.toString(), 0, "", "cannot be read: " + e.getMessage())));
    }
  }

  private static Document parse(String source, String text) {
    try {
      return Document.parse(source, text.isBlank() ? "{}" : text);
    } catch (DocumentException e) {
      throw new InvalidSettings(e.problems());
    }
  }

  private static String id(Path file) {
    return file.getFileName().toString().replaceAll("\\.yaml$", "");
  }
}
