package io.busbar.system;

import io.busbar.testkit.RealData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A Maven repository as it is after {@code mvn install}: what is there for this build already, and
 * Busbar's artefacts as this build made them. It is thrown away with its folder.
 */
final class LocalRepository {

  private static final String VERSION = "0.1.0-SNAPSHOT";

  private LocalRepository() {}

  static void create(Path folder) throws IOException {
    Path own = ownRepository();
    link(own, folder, "io");
    link(own.resolve("io"), folder.resolve("io"), "busbar");
    Path root = RealData.repository();
    install(folder, root, "busbar-parent", List.of("pom"));
    for (String module :
        List.of(
            "plugin-api",
            "plugin-testkit",
            "lib/wire",
            "lib/documents",
            "lib/virtual-time",
            "lib/modbus-driver",
            "lib/modbus-simulation",
            "lib/modbus-testkit")) {
      String artifact = "busbar-" + module.substring(module.indexOf('/') + 1);
      install(folder, root.resolve(module), artifact, List.of("pom", "jar"));
    }
  }

  /** Where this build's libraries are. */
  private static Path ownRepository() {
    try {
      Path jar = Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path group = jar;
      while (!group.endsWith("org")) {
        group = group.getParent();
      }
      return group.getParent();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        if (!child.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(child.getFileName()), child);
        }
      }
    }
  }

  private static void install(Path repository, Path module, String artifact, List<String> types)
      throws IOException {
    Path folder =
        Files.createDirectories(repository.resolve("io/busbar").resolve(artifact).resolve(VERSION));
    String name = artifact + "-" + VERSION;
    for (String type : types) {
      Path from =
          type.equals("pom")
              ? module.resolve("pom.xml")
              : module.resolve("target").resolve(name + ".jar");
      Files.copy(from, folder.resolve(name + "." + type));
    }
  }
}
