package io.busbar.modbus.plugin;

import io.busbar.api.BusbarPlugin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A driver that no kernel runs, for who wants to know its map: tools and simulations. */
public final class DriverJar implements AutoCloseable {

  private static final String SERVICES = "META-INF/services/" + BusbarPlugin.class.getName();

  private final URLClassLoader loader;
  private final ModbusChargerPlugin plugin;

  private DriverJar(URLClassLoader loader, ModbusChargerPlugin plugin) {
    this.loader = loader;
    this.plugin = plugin;
  }

  /**
   * Loads a driver.
   *
   * @throws IllegalArgumentException if the jar is none, saying why
   */
  public static DriverJar open(Path jar) throws IOException {
    URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, DriverJar.class.getClassLoader());
    try {
      Object plugin = loader.loadClass(entryPoint(jar)).getConstructor().newInstance();
      if (plugin instanceof ModbusChargerPlugin driver) {
        driver.map();
        return new DriverJar(loader, driver);
      }
      throw new IllegalArgumentException(jar + " is a plugin, but not a driver of Modbus chargers");
    } catch (ReflectiveOperationException | LinkageError e) {
      loader.close();
      throw new IllegalArgumentException(jar + " cannot be loaded: " + e, e);
    } catch (RuntimeException e) {
      loader.close();
      throw e;
    }
  }

  private static String entryPoint(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      if (jar.getEntry(SERVICES) == null) {
        throw new IllegalArgumentException(file + " is no plugin: it has no " + SERVICES);
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  jar.getInputStream(jar.getEntry(SERVICES)), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(file + " names no entry point"));
      }
    }
  }

  /**
   * Finds a driver among jars.
   *
   * @param name its plugin id, with or without {@code charger-}
   * @param folders where to look; those that do not exist are passed over
   */
  public static Optional<Path> find(String name, List<Path> folders) {
    return folders.stream()
        .filter(Files::isDirectory)
        .flatMap(DriverJar::jars)
        .filter(jar -> isNamed(jar, name))
        .findFirst();
  }

  private static Stream<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNamed(Path file, String name) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      String id = manifest == null ? null : manifest.getMainAttributes().getValue("Plugin-Id");
      return name.equals(id) || ("charger-" + name).equals(id);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Where drivers are in an installation, as its launcher says: those that are shipped, then those
   * that somebody put into {@code plugins}.
   */
  public static List<Path> folders() {
    Path root = Path.of(System.getProperty("busbar.root", "."));
    Path bundled =
        Path.of(System.getProperty("busbar.bundled", root.resolve("bundled").toString()));
    return List.of(bundled.resolveSibling("drivers"), root.resolve("plugins"));
  }

  public ModbusChargerPlugin plugin() {
    return plugin;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
