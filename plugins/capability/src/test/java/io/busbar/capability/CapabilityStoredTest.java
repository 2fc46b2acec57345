package io.busbar.capability;

import static io.busbar.capability.Depot.DER;
import static io.busbar.capability.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.CommandContext;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.VirtualRun;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.capability.StatusRecorded;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The same, kept in PostgreSQL. */
class CapabilityStoredTest extends CapabilityPluginTest {

  private final DatabaseAccess access = TestDatabase.fresh("capability");

  @Override
  FakeContext context() {
    return super.context().with(access);
  }

  @Test
  @Verifies({"NFR-010", "OP-03"})
  void everythingIsThereAfterARestartAndNothingIsToldTwiceThatWasTold() {
    depot.record(status(DER, "on", NOW, "r1"));
    List<StatusEvent> before = depot.events(DER);

    restart();

    assertThat(depot.events(DER)).isEqualTo(before);
    assertThat(depot.projection()).hasSize(1);
    assertThat(context.bus().told(CapabilityAddresses.RECORDED)).isEmpty();
  }

  @Test
  void whatACrashLeftUntoldIsToldAfterTheStart() {
    depot.record(status(DER, "on", NOW, "r1"));
    depot.record(status(DER, "off", NOW.plusSeconds(1), "r2"));
    TestDatabase.execute(access, "update status_told set position = 1");

    restart();

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(context.bus().told(CapabilityAddresses.RECORDED))
                    .extracting(StatusRecorded::operationalStatus)
                    .containsExactly("off"));
  }

  private void restart() {
    harness.close();
    context = context();
    depot = new Depot(context);
    harness = PluginHarness.start(new CapabilityPlugin(), context);
  }

  @Test
  @Verifies({"NFR-003", "FR-024"})
  void everyStatusIsInTheAuditOnceAndCannotBeChanged() {
    depot.record(status(DER, "on", NOW, "r1"));
    depot.record(status(DER, "on", NOW, "r1"));

    GetAudit all =
        new GetAudit(
            Optional.of(Depot.SITE),
            Optional.empty(),
            Optional.of("tester"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            10);
    assertThat(context.bus().ask(AuditAddresses.PAGE.at("capability"), all).await().events())
        .singleElement()
        .extracting(AuditEvent::topic)
        .isEqualTo("microgrid.capability_status.recorded.v1");
    assertThatThrownBy(() -> TestDatabase.execute(access, "delete from status_event"))
        .hasMessageContaining("append-only");
  }

  @Test
  @Verifies({"NFR-009", "FR-024"})
  void theProjectionIsMadeAnewFromTheHistoryByteForByte() throws Exception {
    for (int i = 0; i < 40; i++) {
      depot.record(
          status(i % 2 == 0 ? DER : Depot.WHOLE, "s" + i, NOW.minusSeconds(i % 7), "r" + i));
    }
    List<StatusProjection> before = depot.projection();

    String same = rebuild();
    TestDatabase.execute(access, "update status_projection set latest_operational_status = 'lie'");
    String mended = rebuild();

    assertThat(same).contains("byte for byte the same");
    assertThat(mended).contains("mended");
    assertThat(depot.projection()).isEqualTo(before);
  }

  private String rebuild() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit =
        new RebuildCommand()
            .run(List.of("capability"), new Terminal(new PrintStream(printed), access));
    assertThat(exit).isZero();
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** A command line on this test's database. */
  private record Terminal(PrintStream out, DatabaseAccess access) implements CommandContext {

    @Override
    public PrintStream err() {
      return out;
    }

    @Override
    public Path workingFolder() {
      return Path.of(".");
    }

    @Override
    public double speed() {
      return 1;
    }

    @Override
    public VirtualRun startVirtual(Instant start, JsonObject settings) {
      throw new UnsupportedOperationException("this command starts nothing");
    }

    @Override
    public OpenDatabase openDatabase(String pluginId) {
      return new OpenDatabase() {
        @Override
        public DatabaseAccess access() {
          return access;
        }

        @Override
        public void close() {
          // it goes on
        }
      };
    }
  }
}
