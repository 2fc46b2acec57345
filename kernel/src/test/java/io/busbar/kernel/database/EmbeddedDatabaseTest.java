package io.busbar.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.DatabaseAccess;
import io.busbar.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, left behind, killed and cut short in the ways a power cut or kill -9 does. */
final class EmbeddedDatabaseTest {

  @TempDir private Path data;
  private EmbeddedDatabase database;

  @BeforeEach
  void start() {
    database = new EmbeddedDatabase(data);
    TestDatabase.execute(access(), "create table kept (value text)");
    TestDatabase.execute(access(), "insert into kept values ('before')");
  }

  @AfterEach
  void stop() {
    database.close();
    assertThat(Postmaster.of(data.resolve("postgres"))).as("server after a clean stop").isEmpty();
  }

  private DatabaseAccess access() {
    DatabaseAccess access = database.of("public").orElseThrow();
    assertThat(access.schema()).isEqualTo("public");
    return access;
  }

  private String kept() {
    return TestDatabase.value(access(), "select value from kept");
  }

  private Postmaster server() {
    return Postmaster.of(data.resolve("postgres")).orElseThrow();
  }

  @Test
  void aServerThatWasLeftRunningIsAdopted() {
    long before = server().process().pid();
    database = new EmbeddedDatabase(data);
    assertThat(server().process().pid()).isEqualTo(before);
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void aServerThatWasKilledWithUsIsRecovered() {
    kill(server().process());
    database = new EmbeddedDatabase(data);
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void aServerThatDiesWhileWeRunIsRevivedOnTheSamePort() {
    int port = access().port();
    kill(server().process());
    assertThat(database.fault()).isPresent();
    database.revive();
    assertThat(database.fault()).isEmpty();
    assertThat(access().port()).isEqualTo(port);
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void aProcessIdThatBelongsToSomethingElseNowDoesNotKeepItFromStarting() throws Exception {
    Path file = data.resolve("postgres/postmaster.pid");
    String text = Files.readString(file);
    kill(server().process());
    Files.writeString(
        file, text.replaceFirst("^[0-9]+", Long.toString(ProcessHandle.current().pid())));
    database = new EmbeddedDatabase(data);
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void whatAnInterruptedFirstStartLeftIsThrownAway(@TempDir Path other) throws Exception {
    Files.createDirectories(other.resolve("postgres-new-1/base"));
    Files.writeString(other.resolve("postgres-new-1/PG_VERSION"), "18\n");
    try (EmbeddedDatabase fresh = new EmbeddedDatabase(other)) {
      assertThat(fresh.fault()).isEmpty();
      assertThat(other.resolve("postgres-new-1")).doesNotExist();
    }
  }

  @Test
  void nobodyWithoutThePasswordGetsIn() throws Exception {
    DatabaseAccess a = access();
    var stranger = new DatabaseAccess(a.host(), a.port(), a.database(), a.user(), "guess", "x");
    assertThat(Database.probe(stranger))
        .hasValueSatisfying(m -> assertThat(m).contains("password"));
    assertThat(Files.getPosixFilePermissions(data.resolve("postgres.password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** As kill -9 of the server does; its children end by themselves when they notice. */
  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
