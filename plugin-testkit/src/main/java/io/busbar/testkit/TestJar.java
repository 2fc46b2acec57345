package io.busbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds plugin jars from source text, as an integrator's build would, well-formed or not. */
public final class TestJar {

  private final String id;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private TestJar(String id) {
    this.id = id;
  }

  /** A jar whose manifest names this plugin, at version 1.0.0, and that is empty otherwise. */
  public static TestJar plugin(String id) {
    return new TestJar(id);
  }

  /** Adds a class, compiled on the class path of the test. */
  public TestJar source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /** Adds a file as text. */
  public TestJar file(String name, String content) {
    files.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Names the entry points, one a line. */
  public TestJar extension(String className) {
    return file("META-INF/services/io.busbar.api.BusbarPlugin", className + "\n");
  }

  /** Adds a class as it is on this test's class path, for jars that bundle what they must not. */
  public TestJar bundle(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (var in = type.getClassLoader().getResourceAsStream(name)) {
      files.put(name, in.readAllBytes());
    }
    return this;
  }

  /** Compiles and packs; the jar appears in the folder at once, complete. */
  public Path into(Path folder) throws IOException {
    Path classes = Files.createTempDirectory("busbar-test-jar");
    compile(classes);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Plugin-Id", id);
    manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
    Path part = classes.resolve(id + ".part");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(part), manifest)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        jar.putNextEntry(new JarEntry(file.getKey()));
        jar.write(file.getValue());
      }
      try (var walk = Files.walk(classes)) {
        for (Path file : walk.filter(f -> f.toString().endsWith(".class")).toList()) {
          jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
          jar.write(Files.readAllBytes(file));
        }
      }
    }
    return Files.move(part, folder.resolve(id + ".jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void compile(Path classes) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<SimpleJavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", classes.toString(), "-proc:none");
      boolean compiled = compiler.getTask(messages, manager, null, options, null, units).call();
      assertThat(compiled).as("compiles: %s", messages).isTrue();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
