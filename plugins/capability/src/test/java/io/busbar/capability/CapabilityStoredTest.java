package io.busbar.capability;

import static io.busbar.capability.Depot.DER;
import static io.busbar.capability.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusRecorded;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import java.util.List;
import java.util.Optional;
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

    assertThat(context.bus().told(CapabilityAddresses.RECORDED))
        .extracting(StatusRecorded::operationalStatus)
        .containsExactly("off");
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
}
