package io.busbar.balancing;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.VirtualRun;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Runs commands on a database that nothing else runs on. */
final class Commands implements CommandContext {

  private final DatabaseAccess access;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(complained, true, StandardCharsets.UTF_8);

  Commands(DatabaseAccess access) {
    this.access = access;
  }

  /** Runs a verb and returns its exit code. */
  int run(Command command, String... words) {
    try {
      return command.run(List.of(words), this);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  String complained() {
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
    throw new UnsupportedOperationException("nothing is in files");
  }

  @Override
  public double speed() {
    return 1;
  }

  @Override
  public VirtualRun startVirtual(Instant start, JsonObject settings) {
    throw new UnsupportedOperationException("this needs no kernel");
  }

  @Override
  public OpenDatabase openDatabase(String pluginId) {
    return new OpenDatabase() {
      @Override
      public DatabaseAccess access() {
        return access;
      }

      @Override
      public void close() {}
    };
  }
}
