package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.plugins.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, in the data folder, on 127.0.0.1 with a password. A server that a
 * killed Busbar left running is adopted; one that died is started again, on the same port.
 */
public final class EmbeddedDatabase implements Database {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String FOLDER = "postgres";
  private static final String USER = "postgres";
  private static final int ATTEMPTS = 3;
  private static final Duration START = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 10_000_000;

  /** Small, because one site writes little; durable, because what was accepted must not be lost. */
  private static final String OPTIONS =
      "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=32MB"
          + " -c max_connections=50 -c max_wal_size=256MB -c fsync=on -c synchronous_commit=on"
          + " -c full_page_writes=on -c io_method=sync -c timezone=UTC";

  private final Path data;
  private final Path folder;
  private final Path log;
  private final PostgresPrograms programs;
  private final String password;
  private int port;

  /**
   * Starts or adopts the server whose data is in {@code <data>/postgres}; the first time it makes
   * that folder.
   *
   * @throws Refusal if it does not start, saying what it said
   */
  public EmbeddedDatabase(Path data) {
    this.data = data;
    this.folder = data.resolve(FOLDER);
    this.log = data.resolve("postgres.log");
    try {
      Files.deleteIfExists(log);
      this.programs = PostgresPrograms.in(data.resolve("postgres-programs"));
      this.password = password(data.resolve("postgres.password"));
      if (!Files.isDirectory(folder)) {
        initialize();
      }
      adoptOrStart();
    } catch (IOException e) {
      throw new Refusal(
          List.of("the embedded database in " + folder + " does not start: " + e.getMessage()));
    }
  }

  /** Whether a data folder has one. */
  public static boolean isThere(Path data) {
    return Files.isDirectory(data.resolve(FOLDER));
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path fresh = Files.createTempFile(file.getParent(), "password", "", ownerOnly);
      Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** Made under another name and renamed when complete, so that a kill leaves nothing half-made. */
  private void initialize() throws IOException {
    LOG.info("making the embedded database in {}", folder);
    removeLeftovers();
    Path fresh = data.resolve("postgres-new-" + System.nanoTime());
    programs.run(
        log,
        "initdb",
        "--pgdata=" + fresh,
        "--username=" + USER,
        "--auth=scram-sha-256",
        "--pwfile=" + data.resolve("postgres.password"),
        "--encoding=UTF8",
        "--no-locale",
        "--no-instructions");
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private void removeLeftovers() throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      for (Path old : entries.filter(e -> e.toString().contains("postgres-new-")).toList()) {
        try (Stream<Path> files = Files.walk(old)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    }
  }

  /** Another server may come up between our looks: one that a Busbar killed just now had begun. */
  private void adoptOrStart() throws IOException {
    IOException last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (adopt()) {
        return;
      }
      try {
        port = freePort();
        start();
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private boolean adopt() throws IOException {
    Postmaster.removeStale(folder);
    Optional<Postmaster> running = Postmaster.of(folder);
    if (running.isEmpty()) {
      return false;
    }
    port = running.get().port();
    if (awaitReady() && fault().isEmpty()) {
      LOG.info("adopted the database server that was left running on port {}", port);
      return true;
    }
    LOG.warn("the database server that was left running does not answer; starting it anew");
    stop("immediate");
    return false;
  }

  private void start() throws IOException {
    programs.run(
        log,
        "pg_ctl",
        "start",
        "--no-wait",
        "--silent",
        "--pgdata=" + folder,
        "--log=" + log,
        "--options=" + OPTIONS.formatted(port));
    if (!awaitReady()) {
      throw new IOException("the server said:\n" + PostgresPrograms.lastLines(log));
    }
  }

  /** Waits for the server; gives up when it is gone, or never comes. */
  private boolean awaitReady() {
    long deadline = System.nanoTime() + START.toNanos();
    long grace = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Postmaster> server = Postmaster.of(folder);
      if (server.filter(Postmaster::ready).isPresent()) {
        return true;
      }
      if (server.isEmpty() && System.nanoTime() > grace) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return false;
  }

  @Override
  public Optional<DatabaseAccess> of(String plugin) {
    return Optional.of(
        new DatabaseAccess(
            "127.0.0.1", port, "postgres", USER, password, Database.schemaOf(plugin)));
  }

  @Override
  public Optional<String> fault() {
    return Database.probe(of("busbar").orElseThrow());
  }

  @Override
  public synchronized void revive() {
    if (Postmaster.of(folder).isEmpty()) {
      LOG.warn("the embedded database server is gone; starting it again");
      try {
        Postmaster.removeStale(folder);
        start();
      } catch (IOException e) {
        LOG.warn("the embedded database does not start: {}", e.getMessage());
      }
    }
  }

  @Override
  public synchronized void close() {
    stop("fast");
  }

  private void stop(String mode) {
    if (Postmaster.of(folder).isPresent()) {
      try {
        programs.run(
            log, "pg_ctl", "stop", "--silent", "--pgdata=" + folder, "--mode=" + mode, "-t", "15");
      } catch (IOException e) {
        LOG.warn("the embedded database did not stop: {}", e.getMessage());
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
