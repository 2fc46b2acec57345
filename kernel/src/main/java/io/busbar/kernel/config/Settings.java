package io.busbar.kernel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Values by plugin id as people gave them, in layers: {@code config/}, what is laid over it, the
 * environment, the command line. A later layer goes before an earlier one, key by key.
 */
public final class Settings {

  /** One {@code --set}, as it was written. */
  private record Assignment(String plugin, List<String> path, String value) {}

  /** Heard by what starts or tests Busbar. */
  private static final Set<String> LAUNCHERS =
      Set.of("BUSBAR_BUILD", "BUSBAR_JAVA_OPTS", "BUSBAR_DATA");

  private final Map<String, List<Document>> layers = new LinkedHashMap<>();
  private final List<Assignment> commandLine = new ArrayList<>();
  private final Map<String, String> environment;
  private final Path folder;

  /**
   * @param environment environment variables; {@code BUSBAR_WEB_PORT} stands for {@code web.port}
   * @param folder what relative paths in references to secrets are meant from
   */
  public Settings(Map<String, String> environment, Path folder) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
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
    List<Problem> problems =
        document.root().properties().stream()
            .filter(plugin -> !plugin.getValue().isObject() && !plugin.getValue().isNull())
            .map(plugin -> noPlugin(document, plugin.getKey()))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    document
        .root()
        .properties()
        .forEach(plugin -> layer(plugin.getKey(), document.below(plugin.getKey())));
  }

  private static Problem noPlugin(Document document, String key) {
    return document.problem(
        Document.SCHEMA,
        "/" + key.replace("~", "~0").replace("/", "~1"),
        "expected the settings of a plugin named '" + key + "' below it, found a single value");
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
    List<String> path = List.of(assignment.substring(dot + 1, equals).split("\\."));
    commandLine.add(
        new Assignment(assignment.substring(0, dot), path, assignment.substring(equals + 1)));
    return this;
  }

  /**
   * Layers of one plugin, the strongest last.
   *
   * @param keys the setting paths it knows, and whether each is text
   */
  List<Document> of(String plugin, Map<List<String>, Boolean> keys) {
    List<Document> all = new ArrayList<>(layers.getOrDefault(plugin, List.of()));
    keys.forEach(
        (key, text) -> {
          String name = variable(plugin, key);
          String value = environment.get(name);
          if (value != null) {
            all.add(nested("environment variable " + name, key, scalar(value, text)));
          }
        });
    for (Assignment set : commandLine) {
      if (set.plugin().equals(plugin)) {
        boolean text = keys.getOrDefault(set.path(), false);
        String source = "--set " + plugin + "." + String.join(".", set.path());
        all.add(nested(source, set.path(), scalar(set.value(), text)));
      }
    }
    return all;
  }

  static String variable(String plugin, List<String> key) {
    return ("busbar_" + plugin + "_" + String.join("_", key))
        .replace('-', '_')
        .toUpperCase(Locale.ROOT);
  }

  /** Plugins that somebody has given values for. */
  public Set<String> plugins() {
    Set<String> plugins = new TreeSet<>(layers.keySet());
    commandLine.forEach(set -> plugins.add(set.plugin()));
    return plugins;
  }

  /**
   * Environment variables that look like settings and are none, a misspelled one for example.
   *
   * @param known {@link SettingsSchema#variables} of all that runs
   */
  public List<String> strangers(Set<String> known) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith("BUSBAR_") && !LAUNCHERS.contains(name))
        .filter(name -> !known.contains(name) && !isReferredTo(name))
        .sorted()
        .toList();
  }

  private boolean isReferredTo(String name) {
    return layers.values().stream()
        .flatMap(List::stream)
        .anyMatch(layer -> layer.root().toString().contains("${env:" + name + "}"));
  }

  Path folder() {
    return folder;
  }

  String environment(String name) {
    return environment.get(name);
  }

  private void layer(String plugin, Document document) {
    layers.computeIfAbsent(plugin, key -> new ArrayList<>()).add(document);
  }

  /** The value as YAML would read it; as it stands where text is wanted or YAML cannot. */
  private static JsonNode scalar(String value, boolean text) {
    if (!text && !value.isBlank()) {
      try {
        return Document.parse("", value).root();
      } catch (DocumentException e) {
        return TextNode.valueOf(value);
      }
    }
    return TextNode.valueOf(value);
  }

  private static Document nested(String source, List<String> path, JsonNode value) {
    JsonNode tree = value;
    for (String key : path.reversed()) {
      tree = RecordJson.mapper().createObjectNode().set(key, tree);
    }
    return parse(source, RecordJson.encode(tree));
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
      Document document = Document.parse(source, text);
      return document.root().isNull() ? Document.parse(source, "{}") : document;
    } catch (DocumentException e) {
      throw new InvalidSettings(e.problems());
    }
  }

  private static String id(Path file) {
    return file.getFileName().toString().replaceAll("\\.yaml$", "");
  }
}
