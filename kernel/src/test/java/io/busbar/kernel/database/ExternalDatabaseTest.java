package io.busbar.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.plugins.Refusal;
import io.busbar.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that runs already, reached by its URL. */
final class ExternalDatabaseTest {

  private static ExternalDatabase at(String url, DatabaseAccess server) {
    return new ExternalDatabase(url, server.user(), server.password());
  }

  @Test
  void everyPluginGetsASchemaOfItsOwnOnTheServerOfTheUrl() {
    DatabaseAccess server = TestDatabase.fresh("public");
    String url = "postgresql://%s:%d/%s".formatted(server.host(), server.port(), server.database());
    try (ExternalDatabase database = at("jdbc:" + url, server)) {
      DatabaseAccess access = database.of("status-ingest").orElseThrow();
      assertThat(access.schema()).isEqualTo(Database.schemaOf("status-ingest"));
      assertThat(access.database()).isEqualTo(server.database());
      assertThat(TestDatabase.value(access, "select 'reached'")).isEqualTo("reached");
      assertThat(database.fault()).isEmpty();
    }
  }

  @Test
  void withoutAPortItIsTheOneOfPostgresql() {
    ExternalDatabase database = new ExternalDatabase("postgresql://db.example/busbar", "u", "p");
    assertThat(database.of("web").orElseThrow().port()).isEqualTo(5432);
  }

  @Test
  void aServerThatDoesNotAnswerIsAFault() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String url = "postgresql://127.0.0.1:" + closed + "/busbar";
    assertThat(new ExternalDatabase(url, "u", "p").fault()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "embeded", "postgresql://host", "mysql://host/db", "postgresql://a b/c", "::"})
  void anythingElseIsRefusedAndSaysWhatIsExpected(String url) {
    assertThatThrownBy(() -> new ExternalDatabase(url, "u", "p"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("busbar.database.url '" + url + "'")
        .hasMessageContaining("postgresql://host:port/database");
  }
}
