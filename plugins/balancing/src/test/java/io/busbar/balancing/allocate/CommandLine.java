package io.busbar.balancing.allocate;

import io.busbar.api.CommandContext;
import io.busbar.api.VirtualRun;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A person who types {@code allocate …} in a folder and reads what comes back. */
final class CommandLine implements CommandContext {

  private final Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, false, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(complained, false, StandardCharsets.UTF_8);

  CommandLine(Path folder) {
    this.folder = folder;
  }

  /** Runs the verb and returns its exit code. */
  int allocate(String standardInput, String... words) {
    byte[] typed = standardInput.getBytes(StandardCharsets.UTF_8);
    try {
      return new AllocateCommand(new ByteArrayInputStream(typed)).run(List.of(words), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String printed() {
    out.flush();
    return printed.toString(StandardCharsets.UTF_8);
  }

  String complained() {
    err.flush();
    return complained.toString(StandardCharsets.UTF_8);
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public Path workingFolder() {
    return folder;
  }

  @Override
  public double speed() {
    return 1;
  }

  @Override
  public VirtualRun startVirtual(Instant start, JsonObject settings) {
    throw new UnsupportedOperationException("an allocation needs no kernel");
  }

  @Override
  public OpenDatabase openDatabase(String pluginId) {
    throw new UnsupportedOperationException("nothing is stored");
  }
}
