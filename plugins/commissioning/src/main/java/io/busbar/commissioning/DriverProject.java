package io.busbar.commissioning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The files of a new driver, made of those beside this class. */
final class DriverProject {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final String name;
  private final String type;
  private final String packageName;

  DriverProject(String name) {
    this.name = name;
    this.type = type(name);
    this.packageName = "org.example.charger." + name.replace("-", "");
  }

  static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  private static String type(String name) {
    StringBuilder type = new StringBuilder();
    for (String part : name.split("-")) {
      type.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return type.toString();
  }

  /** Writes all files; gives them in the order of a reader. */
  List<Path> write(Path folder) throws IOException {
    Map<String, String> words = words();
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> file : files().entrySet()) {
      String text = template(file.getKey());
      for (Map.Entry<String, String> word : words.entrySet()) {
        text = text.replace('@' + word.getKey() + '@', word.getValue());
      }
      Path path = folder.resolve(file.getValue());
      Files.createDirectories(path.getParent());
      written.add(Files.writeString(path, text));
    }
    return written;
  }

  private Map<String, String> words() throws IOException {
    Properties versions = new Properties();
    try (InputStream stream = NewCommand.class.getResourceAsStream("versions.properties")) {
      versions.load(stream);
    }
    return Map.of(
        "name",
        name,
        "type",
        type,
        "package",
        packageName,
        "busbar",
        versions.getProperty("busbar"),
        "junit",
        versions.getProperty("junit"));
  }

  /** Where each template goes. */
  private Map<String, String> files() {
    String own = packageName.replace('.', '/');
    Map<String, String> files = new LinkedHashMap<>();
    files.put("README.md", "README.md");
    files.put("pom.xml", "pom.xml");
    files.put("registers.yaml", "src/main/resources/" + own + "/registers.yaml");
    files.put("Plugin.java.txt", "src/main/java/" + own + "/" + type + "Plugin.java");
    files.put("services.txt", "src/main/resources/META-INF/services/io.busbar.api.BusbarPlugin");
    files.put("config.schema.json", "src/main/resources/config.schema.json");
    files.put("DriverTest.java.txt", "src/test/java/" + own + "/" + type + "DriverTest.java");
    files.put("image.json", "src/test/resources/" + own + "/image.json");
    return files;
  }

  private static String template(String file) throws IOException {
    try (InputStream stream = DriverProject.class.getResourceAsStream("driver/" + file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
