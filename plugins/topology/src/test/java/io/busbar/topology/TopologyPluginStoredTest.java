package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same plugin keeping its sites in PostgreSQL. */
class TopologyPluginStoredTest extends TopologyPluginTest {

  private final DatabaseAccess access = TestDatabase.fresh("topology");

  @Override
  FakeContext context() {
    return super.context().with(access);
  }

  @Test
  @Verifies("OP-03")
  void aSiteIsTheSameAfterARestart() {
    Imported imported = imported(SiteYaml.GOOD);
    imported(SiteYaml.GOOD.replace("cp2, cp3", "cp3, cp4, cp2"));
    TopologySnapshot before = snapshot(imported);

    restart();

    assertThat(snapshot(imported)).isEqualTo(before);
    assertThat(imported(SiteYaml.GOOD.replace("cp2, cp3", "cp3, cp4, cp2")).changed()).isFalse();
    assertThat(told()).isEmpty();
  }

  @Test
  @Verifies("NFR-003")
  void everyChangeIsInTheAuditWithWhoAndWhen() {
    Imported imported = imported(SiteYaml.GOOD);

    assertThat(
            TestDatabase.value(
                access,
                "select concat_ws(' ', actor, source, correlation_id, topic, key,"
                    + " payload->>'version') from audit_event"))
        .isEqualTo(
            "tester topology c-1 microgrid.topology_updated.v1 " + imported.microgridId() + " 1");
  }

  @Test
  @Verifies("FR-011")
  void importsOfOneDepotAtTheSameTimeHappenOneAfterTheOther() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 20)
          .mapToObj(i -> SiteYaml.GOOD.replace("name: North", "name: North " + i))
          .map(text -> CompletableFuture.runAsync(() -> imported(text), threads))
          .toList()
          .forEach(CompletableFuture::join);
    }

    assertThat(told())
        .extracting(TopologyUpdated::version)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    Imported last = imported(SiteYaml.GOOD);
    assertThat(last.version()).isEqualTo(21);
    assertThat(snapshot(last).microgrid().version()).isEqualTo(21);
  }

  @Test
  void aChangeThatTheProcessDidNotSeeIsCaughtUpWith() {
    Imported imported = imported(SiteYaml.GOOD);
    TestDatabase.execute(access, "update microgrid set version = 7, name = 'Elsewhere'");

    TopologyUpdated event = told().getFirst();
    context
        .bus()
        .tell(
            io.busbar.api.topology.TopologyAddresses.UPDATED.at(imported.microgridId()),
            new TopologyUpdated(
                event.eventId(), event.occurredAt(), "x", "y", event.microgridId(), 7, "x"));

    assertThat(snapshot(imported).microgrid().name()).isEqualTo("Elsewhere");
  }

  @Test
  void theDatabaseItselfRefusesATreeThatBreaksAnInvariant() {
    imported(SiteYaml.GOOD);

    for (String broken :
        List.of(
            "update microgrid_node set parent_node_id = gen_random_uuid() where node_type ="
                + " 'CONNECTOR'",
            "update microgrid_node set attached_asset_id = (select attached_asset_id from"
                + " microgrid_node limit 1)",
            "update node_limit set status = 'ACTIVE'",
            "update node_limit set limit_watts = -1")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> TestDatabase.execute(access, broken))
          .as(broken)
          .hasMessageContaining("violates");
    }
  }

  private void restart() {
    harness.close();
    context = context();
    harness = PluginHarness.start(new TopologyPlugin(), context);
  }
}
