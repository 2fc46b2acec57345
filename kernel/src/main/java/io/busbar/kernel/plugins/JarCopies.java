package io.busbar.kernel.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private copies of dropped-in jars: what is loaded stays as it is, whatever happens to the file.
 */
final class JarCopies implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JarCopies.class);

  private final Map<Path, Path> copies = new HashMap<>();

  /** The jars of a folder, by name. */
  static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new Refusal(List.of("folder of plugins " + folder + " cannot be read: " + e));
    }
  }

  /** Copies a jar. */
  Path take(Path file) {
    try {
      Path folder = Files.createTempDirectory("busbar-plugin");
      copies.put(file, folder);
      return Files.copy(file, folder.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new BadPlugin(file.getFileName() + ": cannot be copied: " + e.getMessage(), e);
    }
  }

  /** Deletes the copy of a jar. */
  void putBack(Path file) {
    Path folder = copies.remove(file);
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(JarCopies::delete);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot delete {}: {}", folder, e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List.copyOf(copies.keySet()).forEach(this::putBack);
  }
}
