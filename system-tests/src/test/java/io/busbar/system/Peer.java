package io.busbar.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that tests talk to. */
final class Peer {

  private Peer() {}

  /** A program on the PATH; without it the test is skipped, loudly, or fails with CI=true. */
  static Path find(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              String message = "program '" + name + "' is missing; .ci/run installs it";
              if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
              }
              System.err.println("SKIPPED: " + message);
              return abort(message);
            });
  }
}
