package io.busbar.kernel.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A jar that was looked at from outside, before any of its classes is loaded.
 *
 * @param file the jar
 * @param id {@code Plugin-Id} of the manifest
 * @param version {@code Plugin-Version} of the manifest
 */
record PluginJar(Path file, String id, String version) {

  private static final String API = "io/busbar/api/";

  /**
   * Looks at a jar.
   *
   * @throws BadPlugin if it is not a plugin, saying what is missing or too much
   */
  static PluginJar inspect(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      String id = attribute(file, manifest, "Plugin-Id");
      String version = attribute(file, manifest, "Plugin-Version");
      if (!id.matches("[a-z0-9][a-z0-9-]*")) {
        throw new BadPlugin(
            file.getFileName()
                + ": Plugin-Id '"
                + id
                + "': expected lower case, digits and dashes");
      }
      refuseBundledApi(file, jar);
      requireOneExtension(file, jar);
      return new PluginJar(file, id, version);
    } catch (IOException e) {
      throw new BadPlugin(file.getFileName() + ": not a readable jar: " + e.getMessage(), e);
    }
  }

  private static String attribute(Path file, Manifest manifest, String name) {
    String value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
    if (value == null || value.isBlank()) {
      throw new BadPlugin(file.getFileName() + ": its manifest has no " + name);
    }
    return value.strip();
  }

  private static void refuseBundledApi(Path file, JarFile jar) {
    boolean bundled =
        jar.stream().anyMatch(e -> e.getName().startsWith(API) && e.getName().endsWith(".class"));
    if (bundled) {
      throw new BadPlugin(
          file.getFileName()
              + ": carries its own copy of io.busbar.api; declare busbar-plugin-api with scope"
              + " 'provided' and build it again");
    }
  }

  private static void requireOneExtension(Path file, JarFile jar) throws IOException {
    ZipEntry entry = jar.getEntry(ServicesFile.NAME);
    Set<String> names = Set.of();
    if (entry != null) {
      try (InputStream text = jar.getInputStream(entry)) {
        names = ServicesFile.classNames(text);
      }
    }
    if (names.size() != 1) {
      throw new BadPlugin(
          "%s: expected exactly one entry point in %s, found %s"
              .formatted(file.getFileName(), ServicesFile.NAME, names.isEmpty() ? "none" : names));
    }
    String name = names.iterator().next();
    String type = name.replace('.', '/') + ".class";
    if (jar.getEntry(type) == null) {
      throw new BadPlugin(
          file.getFileName()
              + ": "
              + ServicesFile.NAME
              + " names "
              + name
              + ", which is not in the jar");
    }
  }

  /** File name, for messages. */
  String name() {
    return file.getFileName().toString();
  }
}
