package io.busbar.kernel.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server that runs on a data folder, as its {@code postmaster.pid} says.
 *
 * @param process the server
 * @param port its TCP port
 * @param ready whether it takes connections
 */
record Postmaster(ProcessHandle process, int port, boolean ready) {

  private static final String FILE = "postmaster.pid";
  private static final int PORT_LINE = 3;
  private static final int STATE_LINE = 7;

  /** The server of a data folder; empty when none runs, or it has not said enough yet. */
  static Optional<Postmaster> of(Path folder) {
    List<String> lines = lines(folder);
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    boolean ready = lines.size() > STATE_LINE && lines.get(STATE_LINE).strip().equals("ready");
    return process(lines)
        .filter(Postmaster::isPostgres)
        .map(process -> new Postmaster(process, number(lines.get(PORT_LINE)), ready));
  }

  /**
   * Removes the file that a killed server left when its process id belongs to something else by
   * now, as it easily does in a container; PostgreSQL itself would not dare to.
   */
  static void removeStale(Path folder) throws IOException {
    if (process(lines(folder)).filter(process -> !isPostgres(process)).isPresent()) {
      Files.deleteIfExists(folder.resolve(FILE));
    }
  }

  private static List<String> lines(Path folder) {
    try {
      return Files.readAllLines(folder.resolve(FILE));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> process(List<String> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(number(lines.getFirst())).filter(ProcessHandle::isAlive);
  }

  private static int number(String line) {
    return line.isBlank() ? 0 : Integer.parseInt(line.strip());
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("/postgres")).orElse(true);
  }
}
