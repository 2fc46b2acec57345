package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.GetSnapshotAt;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.VersionReply;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LossyWire;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same, kept in PostgreSQL. */
class TopologyEditStoredTest extends TopologyEditTest {

  private final DatabaseAccess access = TestDatabase.fresh("topology");

  @Override
  FakeContext context() {
    return super.context().with(access);
  }

  @Test
  @Verifies("OP-03")
  void everythingIsTheSameAfterARestart() {
    edit(1, named("cp1", "bay 1"));
    stored(limit(Optional.empty(), "left", 20_000, Status.ACTIVE));
    saved(point("bay 1", CapabilityType.DER, ControlSource.LOCAL));
    TopologySnapshot before = snapshot(site);
    var points = ask(TopologyAddresses.CONTROL_POINTS, new ListControlPoints());

    harness.close();
    context = context();
    harness = PluginHarness.start(new TopologyPlugin(), context);

    assertThat(snapshot(site)).isEqualTo(before);
    assertThat(ask(TopologyAddresses.CONTROL_POINTS, new ListControlPoints())).isEqualTo(points);
    VersionReply.Found first =
        (VersionReply.Found) ask(TopologyAddresses.SNAPSHOT_AT, new GetSnapshotAt(1));
    assertThat(first.actor()).isEqualTo("tester");
    assertThat(first.nodes()).hasSize(12).extracting(NodeDraft::name).contains("cp1");
    assertThat(imported(SiteYaml.GOOD).changed()).isFalse();
  }

  @Test
  @Verifies("FR-011")
  void ofEditsThatRaceExactlyOnePerVersionWins() {
    List<NodeDraft> drafts =
        IntStream.range(0, 20).mapToObj(i -> named("cp1", "name " + i)).toList();
    List<EditReply> replies;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      replies =
          drafts.stream()
              .map(draft -> CompletableFuture.supplyAsync(() -> edit(1, draft), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
    }

    assertThat(replies).filteredOn(EditReply.Edited.class::isInstance).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.equals(new EditReply.VersionConflict(1, 2)))
        .hasSize(19);
    assertThat(snapshot(site).microgrid().version()).isEqualTo(2);
  }

  @Test
  @Verifies("NFR-003")
  void everyChangeIsInTheAuditExactlyOnceAndARefusalIsNot() {
    edit(1, named("cp1", "bay 1"));
    edit(1, named("cp2", "bay 2"));
    stored(limit(Optional.empty(), "left", 20_000, Status.ACTIVE));
    saved(point("bay 1", CapabilityType.DER, ControlSource.LOCAL));
    imported(SiteYaml.GOOD);

    GetAudit all =
        new GetAudit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            100);
    List<AuditEvent> audit =
        context.bus().ask(AuditAddresses.PAGE.at("topology"), all).await().events();

    assertThat(audit)
        .extracting(AuditEvent::topic)
        .containsExactlyInAnyOrder(
            "microgrid.topology_updated.v1",
            "microgrid.topology_updated.v1",
            "microgrid.node_limit_updated.v1",
            "microgrid.capability_control_point_updated.v1");
    assertThat(audit)
        .allMatch(event -> event.microgridId().equals(Optional.of(site.microgridId())));
  }

  @Test
  @Verifies("OP-03")
  void aLimitWhoseCommitWasNotAnsweredIsWhatEverybodyReadsOnceTheDatabaseIsBack() {
    try (LossyWire wire = new LossyWire(access)) {
      harness.close();
      context = super.context().with(wire.access());
      harness = PluginHarness.start(new TopologyPlugin(), context);
      List<Integer> heard = new CopyOnWriteArrayList<>();
      context.bus().hear(TopologyAddresses.NODE_LIMIT_UPDATED, e -> heard.add(lowest()));
      SetNodeLimit lower = limit(Optional.empty(), "left", 1_234, Status.ACTIVE);
      wire.loseNextCommit();

      assertThatThrownBy(() -> stored(lower)).hasStackTraceContaining("away");
      context.clock().leapSeconds(2);

      assertThat(heard).containsExactly(1_234);
      assertThat(ask(TopologyAddresses.SET_NODE_LIMIT, lower))
          .isInstanceOfSatisfying(
              NodeLimitReply.Invalid.class,
              again ->
                  assertThat(again.violations().getFirst().rule()).isEqualTo("DUPLICATE_LIMIT"));
    }
  }

  private int lowest() {
    return snapshot(site).limits().stream()
        .filter(limit -> limit.status() == Status.ACTIVE)
        .mapToInt(NodeLimit::limitWatts)
        .filter(watts -> watts > 0)
        .min()
        .orElseThrow();
  }

  @Test
  void aChangeMadeElsewhereIsSeenBeforeTheNextDecision() {
    TestDatabase.execute(
        access, "update microgrid set version = 5, revision = 9, name = 'Elsewhere'");

    assertThat(edit(1, named("cp1", "bay 1"))).isEqualTo(new EditReply.VersionConflict(1, 5));
  }
}
