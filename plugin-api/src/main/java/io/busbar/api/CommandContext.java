package io.busbar.api;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;

/** What a {@link Command} may use. */
public interface CommandContext {

  PrintStream out();

  PrintStream err();

  /** Folder that relative paths of the user are meant from. */
  Path workingFolder();

  /** What the user said with {@code --speed}; {@code Double.POSITIVE_INFINITY} for {@code max}. */
  double speed();

  /**
   * Starts a kernel of its own with all plugins in virtual time, without database and without open
   * ports.
   *
   * @param start virtual time at the beginning
   * @param settings values by plugin id that go before those of the config files
   */
  VirtualRun startVirtual(Instant start, JsonObject settings);

  /**
   * Opens a plugin's schema for maintenance, with the settings and the data folder that Busbar
   * itself would use.
   *
   * @throws RuntimeException if Busbar runs on that data folder, or nothing is stored; the message
   *     says which
   */
  OpenDatabase openDatabase(String pluginId);

  /** A schema that is there until it is closed. */
  interface OpenDatabase extends AutoCloseable {

    DatabaseAccess access();

    @Override
    void close();
  }
}
