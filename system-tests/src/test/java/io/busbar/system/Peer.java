package io.busbar.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
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
        .orElseGet(() -> missing("program '" + name + "'"));
  }

  /** The system's Python, with a module that is not its own. */
  static Path python(String module) {
    Path python = Path.of("/usr/bin/python3");
    try {
      Process look = new ProcessBuilder(python.toString(), "-c", "import " + module).start();
      if (look.waitFor() == 0) {
        return python;
      }
    } catch (IOException e) {
      // No Python at all; said below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return missing("Python's module " + module);
  }

  private static Path missing(String what) {
    String message = what + " is missing; .ci/run installs it";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    System.err.println("SKIPPED: " + message);
    return abort(message);
  }
}
