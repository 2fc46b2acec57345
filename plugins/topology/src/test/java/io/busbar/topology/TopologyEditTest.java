package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.ControlPointUpdated;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.ImportReply.Refused;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeCollection;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.NodeLimitUpdated;
import io.busbar.api.topology.QueryNodes;
import io.busbar.api.topology.ResyncReply.Resynced;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.Violation;
import io.busbar.testkit.Verifies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Edits, limits, control points and queries as others see them, kept in memory. */
class TopologyEditTest extends TopologyEditFixture {

  @Test
  @Verifies({"FR-002", "FR-011"})
  void ofTwoEditsOfOneVersionOneWinsAndTheOtherLearnsBothVersions() {
    assertThat(edit(1, named("cp1", "bay 1")))
        .isEqualTo(
            new EditReply.Edited(
                site.microgridId(), 2, List.of(), List.of(), List.of(id("bay 1"))));

    assertThat(edit(1, named("cp2", "bay 2"))).isEqualTo(new EditReply.VersionConflict(1, 2));
    assertThat(node("cp2").name()).isEqualTo("cp2");
    assertThat(told()).hasSize(2);
  }

  @Test
  void anEditThatChangesNothingKeepsTheVersionAndTellsNobody() {
    EditReply reply = edit(1, NodeDraft.of(node("cp1")));

    assertThat(((EditReply.Edited) reply).version()).isOne();
    assertThat(told()).hasSize(1);
  }

  @Test
  void anEditIsAllOrNothing() {
    NodeDraft bad = moved("c1", Optional.of(id("main")));

    EditReply reply = edit(1, named("cp1", "bay 1"), bad);

    assertThat(((EditReply.Invalid) reply).violations())
        .extracting(Violation::rule)
        .containsExactly("NESTING");
    assertThat(node("cp1").name()).isEqualTo("cp1");
  }

  @Test
  void devicesThatFallBackToMoreThanANodeCarriesAreNotMovedBelowIt() {
    imported(
        SiteYaml.GOOD.replace(
            "    default_capacity_amps: 100\n    volts: 230\n    phases: L1L2L3\n",
            "    default_capacity_watts: 100000\n"
                + "  - { id: thin, parent: main, default_capacity_watts: 4000 }\n"));

    EditReply reply = edit(2, moved("cp1", Optional.of(id("thin"))));

    assertThat(((EditReply.Invalid) reply).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.rule()).isEqualTo("FAIL_SAFE_SUM");
              assertThat(violation.message())
                  .contains("thin")
                  .contains("4000 W")
                  .contains("4140 W");
            });
  }

  @Test
  @Verifies("LB-01")
  void aResyncRestoresWhatTheAssetsSayAndKeepsNamesAndGroups() {
    edit(1, group("main"), moved("cp2", Optional.of(GROUP)), named("cp3", "bay 3"));
    edit(2, moved("cp1", Optional.of(id("main"))));

    Resynced done = (Resynced) resync(site.depotId());

    assertThat(done.version()).isEqualTo(4);
    assertThat(done.added()).isEmpty();
    assertThat(done.removed()).isEmpty();
    assertThat(done.unchanged()).hasSize(13);
    assertThat(node("cp1").parentNodeId()).contains(id("left"));
    assertThat(node("cp2").parentNodeId()).contains(GROUP);
    assertThat(node("bay 3").attachedAssetId()).isPresent();
    assertThat(((Resynced) resync(site.depotId())).version()).isEqualTo(4);
  }

  @Test
  void theSameSiteFileAgainUndoesNoEdit() {
    edit(1, moved("cp1", Optional.of(id("main"))));

    assertThat(imported(SiteYaml.GOOD).changed()).isFalse();
    assertThat(node("cp1").parentNodeId()).contains(id("main"));
  }

  @Test
  @Verifies("FR-003")
  void aLimitThatSomebodySetsSetsTheRatingAsideUntilItIsTakenBack() {
    NodeLimit limit = stored(limit(Optional.empty(), "left", 20_000, Status.ACTIVE));

    assertThat(limits("left"))
        .extracting(NodeLimit::sourceType, NodeLimit::limitWatts, NodeLimit::status)
        .containsExactlyInAnyOrder(
            tuple(SourceType.PHYSICAL_DERIVED, 69_000, Status.INACTIVE),
            tuple(SourceType.MANUAL, 20_000, Status.ACTIVE));

    stored(limit(Optional.of(limit.nodeLimitId()), "left", 20_000, Status.INACTIVE));

    assertThat(limits("left"))
        .extracting(NodeLimit::sourceType, NodeLimit::status)
        .containsExactlyInAnyOrder(
            tuple(SourceType.PHYSICAL_DERIVED, Status.ACTIVE),
            tuple(SourceType.MANUAL, Status.INACTIVE));
    assertThat(context.bus().told(TopologyAddresses.NODE_LIMIT_UPDATED))
        .extracting(NodeLimitUpdated::nodeId, event -> event.limit().status())
        .containsExactly(
            tuple(Optional.of(id("left")), Status.ACTIVE),
            tuple(Optional.of(id("left")), Status.INACTIVE));
    assertThat(snapshot(site).microgrid().version()).isOne();
  }

  @Test
  void limitsThatBreakARuleAreRefusedByName() {
    NodeLimit first = stored(limit(Optional.empty(), "left", 20_000, Status.ACTIVE));
    UUID rating =
        limits("main").stream()
            .filter(limit -> limit.sourceType() == SourceType.PHYSICAL_DERIVED)
            .findFirst()
            .orElseThrow()
            .nodeLimitId();

    assertThat(rules(limit(Optional.empty(), "left", 10_000, Status.ACTIVE)))
        .containsExactly("DUPLICATE_LIMIT");
    assertThat(rules(limit(Optional.empty(), "main", 100_001, Status.ACTIVE)))
        .containsExactly("LIMIT_ABOVE_RATING");
    assertThat(rules(limit(Optional.of(rating), "main", 1, Status.INACTIVE)))
        .containsExactly("DERIVED_LIMIT");
    assertThat(rules(limit(Optional.of(first.nodeLimitId()), "main", 1, Status.INACTIVE)))
        .containsExactly("LIMIT_MOVED");
    assertThat(rules(limit(Optional.empty(), "main", -1, Status.ACTIVE)))
        .containsExactly("NEGATIVE_LIMIT");
    assertThat(context.bus().told(TopologyAddresses.NODE_LIMIT_UPDATED)).hasSize(1);
  }

  @Test
  void theWholeMicrogridHasACapOfItsOwnWithLinesToo() {
    SetNodeLimit cap =
        new SetNodeLimit(
            Optional.empty(),
            Optional.empty(),
            ConstraintType.NET_CAP,
            90_000,
            Optional.of(new LineAmps(130, 120.5, 110)),
            SourceType.STATIC_POLICY,
            Status.ACTIVE,
            "tester",
            "c-1");

    NodeLimit limit = stored(cap);

    assertThat(snapshot(site).limits().getFirst()).isEqualTo(limit);
    assertThat(limit.limitAmps()).contains(new LineAmps(130, 120.5, 110));
  }

  @Test
  void aNodeThatALimitRestsOnIsNotRemovedByEditOrImport() {
    stored(limit(Optional.empty(), "cp2-1", 1_000, Status.INACTIVE));
    List<UUID> branch = List.of(id("cp2"), id("cp2-1"), id("cp2-2"));

    EditReply edit = ask(TopologyAddresses.EDIT, patch(1, List.of(), branch));
    Refused refused = (Refused) importSite(SiteYaml.GOOD.replace("ids: [cp2, cp3]", "ids: [cp3]"));

    assertThat(((EditReply.Invalid) edit).violations())
        .extracting(Violation::rule)
        .containsExactly("LIMITED_NODE_REMOVED");
    assertThat(refused.problems()).extracting("rule").containsExactly("LIMITED_NODE_REMOVED");
    assertThat(node("cp2")).isNotNull();
  }

  @Test
  void aNodeThatAnEnvelopeBoundsIsNotRemovedByEditOrImport() {
    List<UUID> branch = List.of(id("cp2"), id("cp2-1"), id("cp2-2"));
    context
        .bus()
        .answer(
            EnvelopeAddresses.TARGETS.at(site.microgridId()),
            asked -> new io.busbar.api.envelope.Targets(Set.of(id("cp2-1"))));

    EditReply edit = ask(TopologyAddresses.EDIT, patch(1, List.of(), branch));
    Refused refused = (Refused) importSite(SiteYaml.GOOD.replace("ids: [cp2, cp3]", "ids: [cp3]"));

    assertThat(((EditReply.Invalid) edit).violations())
        .extracting(Violation::rule)
        .containsExactly("ENVELOPED_NODE_REMOVED");
    assertThat(refused.problems()).extracting("rule").containsExactly("ENVELOPED_NODE_REMOVED");
    assertThat(node("cp2")).isNotNull();
  }

  @Test
  @Verifies({"FR-013", "FR-022"})
  void controlPointsKeepTheirRules() {
    ControlPoint local = saved(point("cp1", CapabilityType.DER, ControlSource.LOCAL));
    ControlPoint external =
        saved(point("cp1", CapabilityType.PEAK_SHAVING, ControlSource.EXTERNAL));

    assertThat(ask(TopologyAddresses.CONTROL_POINTS, new ListControlPoints()).controlPoints())
        .containsExactlyInAnyOrder(local, external);
    assertThat(refused(point("cp1", CapabilityType.DER, ControlSource.LOCAL)))
        .containsExactly("DUPLICATE_CONTROL_POINT");
    assertThat(refused(withSchedule(point("cp2", CapabilityType.DER, ControlSource.EXTERNAL))))
        .containsExactly("SCHEDULE_NOT_LOCAL");
    assertThat(context.bus().told(TopologyAddresses.CONTROL_POINT_UPDATED))
        .extracting(ControlPointUpdated::controlPointId)
        .containsExactly(local.controlPointId(), external.controlPointId());
    assertThat(local.localConfig().orElseThrow()).containsEntry("target", Map.of("watts", 5));
  }

  @Test
  @Verifies("FR-018")
  void aCollectionIsTakenByTypeCapabilityAndPlaceAndAddsUp() {
    saved(point("cp2", CapabilityType.DER, ControlSource.LOCAL));
    context
        .bus()
        .tell(
            FieldAddresses.READINGS.at(site.microgridId()),
            new Readings(
                site.microgridId(),
                "test",
                List.of(
                    Reading.ofPower(id("cp2-1"), context.clock().instant(), 3_000),
                    Reading.ofPower(id("cp2-2"), context.clock().instant().minusSeconds(31), 9))));

    NodeCollection.Found able =
        (NodeCollection.Found)
            query(Set.of(NodeType.CONNECTOR), Set.of(CapabilityType.DER), Optional.empty());
    NodeCollection.Found below =
        (NodeCollection.Found) query(Set.of(), Set.of(), Optional.of(id("left")));

    assertThat(able.members())
        .extracting(member -> member.node().name(), NodeCollection.Member::measuredWatts)
        .containsExactly(
            tuple("cp2-1", OptionalInt.of(3_000)), tuple("cp2-2", OptionalInt.empty()));
    assertThat(able.total()).isEqualTo(new NodeCollection.Totals(2, 12_360, 3_000, 1));
    assertThat(below.members()).extracting(m -> m.node().name()).containsExactly("cp1", "c1");
    assertThat(below.byType().keySet())
        .containsExactlyInAnyOrder(NodeType.CHARGE_POINT, NodeType.CONNECTOR);
    assertThat(query(Set.of(), Set.of(), Optional.of(GROUP)))
        .isEqualTo(new NodeCollection.NotFound(GROUP));
  }

  private NodeCollection query(
      Set<NodeType> types, Set<CapabilityType> capabilities, Optional<UUID> under) {
    return ask(TopologyAddresses.COLLECTION, new QueryNodes(types, Set.of(), capabilities, under));
  }

  private List<String> rules(SetNodeLimit question) {
    NodeLimitReply reply = ask(TopologyAddresses.SET_NODE_LIMIT, question);
    return ((NodeLimitReply.Invalid) reply).violations().stream().map(Violation::rule).toList();
  }

  private List<NodeLimit> limits(String node) {
    UUID id = id(node);
    return snapshot(site).limits().stream()
        .filter(limit -> limit.nodeId().filter(id::equals).isPresent())
        .toList();
  }

  private List<String> refused(SaveControlPoint question) {
    ControlPointReply reply = ask(TopologyAddresses.SAVE_CONTROL_POINT, question);
    return ((ControlPointReply.Invalid) reply).violations().stream().map(Violation::rule).toList();
  }
}
