package io.busbar.kernel;

import java.nio.file.Path;

/**
 * Where Busbar stands on this machine.
 *
 * @param root holds {@code config}, {@code scenarios} and the watched {@code plugins}
 * @param bundled jars of the plugins that came with it
 * @param workingFolder what relative paths of the user are meant from
 */
public record Installation(Path root, Path bundled, Path workingFolder) {

  /** As the launcher says by system properties; the present folder for what it does not say. */
  static Installation ofLauncher() {
    Path root = Path.of(System.getProperty("busbar.root", ".")).toAbsolutePath().normalize();
    Path bundled =
        Path.of(System.getProperty("busbar.bundled", root.resolve("bundled").toString()));
    Path working = Path.of(System.getProperty("busbar.cwd", ".")).toAbsolutePath().normalize();
    return new Installation(root, bundled.toAbsolutePath().normalize(), working);
  }

  Path config() {
    return root.resolve("config");
  }
}
