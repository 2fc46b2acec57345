package io.busbar.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real sites, sessions and series that tests read and the repository does not hold: the folder that
 * {@code BUSBAR_DATA} names, else {@code ../shared/data} beside the repository.
 */
public final class RealData {

  private RealData() {}

  /**
   * A file or folder of the data.
   *
   * <p>Where it is missing the calling test is skipped, loudly; with {@code CI=true} it fails.
   *
   * @param relative path below the data folder, such as {@code sites/jpl.safe.json}
   */
  public static Path file(String relative) {
    Path path = folder().resolve(relative);
    if (Files.exists(path)) {
      return path;
    }
    String message = "real data is missing: " + path + " (set BUSBAR_DATA to its folder)";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    System.err.println("SKIPPED: " + message);
    return abort(message);
  }

  private static Path folder() {
    String named = System.getenv("BUSBAR_DATA");
    return named != null && !named.isBlank()
        ? Path.of(named).toAbsolutePath().normalize()
        : repository().resolve("../shared/data").normalize();
  }

  /** The repository's root: the nearest folder upwards that holds the launcher's reactor. */
  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("plugin-api"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("not inside the repository: " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
