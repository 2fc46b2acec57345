package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.plugins.Refusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, in the data folder, on 127.0.0.1. A server that a killed Busbar
 * left running is adopted; one that died is started again, on the same port.
 */
public final class EmbeddedDatabase implements Database {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String USER = "postgres";
  private static final long STOP_SECONDS = 10;

  private final Path folder;
  private final Path programs;
  private int port;
  private EmbeddedPostgres started;

  /** Starts or adopts the server whose data is in {@code <data>/postgres}. */
  public EmbeddedDatabase(Path data) {
    this.folder = data.resolve("postgres");
    this.programs = data.resolve("postgres-programs");
    Optional<Postmaster> alive = Postmaster.of(folder);
    if (alive.isPresent() && answers(alive.get().port())) {
      port = alive.get().port();
      LOG.info("adopted the database server that was left running on port {}", port);
    } else {
      alive.ifPresent(server -> stop(server.process()));
      port = freePort();
      start();
    }
  }

  private boolean answers(int candidate) {
    return Database.probe(access(candidate, "busbar")).isEmpty();
  }

  private void start() {
    try {
      Files.createDirectories(programs);
      started =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setOverrideWorkingDirectory(programs.toFile())
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("shared_buffers", "32MB")
              .setServerConfig("max_connections", "50")
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("timezone", "UTC")
              .start();
    } catch (IOException e) {
      throw new Refusal(
          List.of("the embedded database in " + folder + " does not start: " + e.getMessage()));
    }
  }

  @Override
  public Optional<DatabaseAccess> of(String plugin) {
    return Optional.of(access(port, Database.schemaOf(plugin)));
  }

  @Override
  public Optional<String> fault() {
    return Database.probe(access(port, "busbar"));
  }

  @Override
  public void revive() {
    if (Postmaster.of(folder).isEmpty()) {
      LOG.warn("the embedded database server is gone; starting it again");
      start();
    }
  }

  @Override
  public void close() {
    if (started != null) {
      try {
        started.close();
      } catch (IOException e) {
        LOG.warn("the embedded database did not stop cleanly: {}", e.getMessage());
      }
    }
    Postmaster.of(folder).ifPresent(server -> stop(server.process()));
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.warn("database server {} did not stop in {} s", process.pid(), STOP_SECONDS);
    }
  }

  private static DatabaseAccess access(int port, String schema) {
    return new DatabaseAccess("127.0.0.1", port, "postgres", USER, "", schema);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new Refusal(List.of("no free port for the embedded database: " + e.getMessage()));
    }
  }
}
