package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Problem;
import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportReply.Refused;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.ResyncReply.Resynced;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.testkit.Verifies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The plugin as others see it, keeping its sites in memory. */
class TopologyPluginTest extends TopologyPluginFixture {

  @Test
  @Verifies({"FR-009", "FR-010"})
  void anImportedSiteIsListedReadableAndTold() {
    Imported imported = imported(SiteYaml.GOOD);

    assertThat(imported.version()).isOne();
    assertThat(imported.changed()).isTrue();
    assertThat(imported.added()).hasSize(12);
    Microgrid microgrid =
        new Microgrid(imported.microgridId(), imported.depotId(), "North", "Europe/Berlin", 1);
    assertThat(context.bus().ask(TopologyAddresses.LIST_SITES, new ListSites()).await().sites())
        .containsExactly(microgrid);
    assertThat(snapshot(imported).microgrid()).isEqualTo(microgrid);
    assertThat(snapshot(imported).nodes())
        .extracting(MicrogridNode::nodeId)
        .containsExactlyElementsOf(imported.added());
    assertThat(context.bus().told(TopologyAddresses.UPDATED))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.microgridId()).isEqualTo(imported.microgridId());
              assertThat(event.version()).isOne();
              assertThat(event.actor()).isEqualTo("tester");
              assertThat(event.correlationId()).isEqualTo("c-1");
              assertThat(event.occurredAt()).isEqualTo(context.clock().instant());
            });
  }

  @Test
  void theAssetsOfASiteAreGivenBackAsImported() {
    Imported imported = imported(SiteYaml.GOOD);

    SiteReply reply = ask(new GetSite(imported.depotId()));

    assertThat(((SiteReply.Found) reply).assets())
        .containsEntry("format", "busbar-site/1")
        .containsKeys("depot", "circuits", "charge_points", "connectors", "meters");
  }

  @Test
  void whoeverHearsOfAChangeFindsItInTheSnapshot() {
    List<Integer> seen = new ArrayList<>();
    context
        .bus()
        .hear(
            TopologyAddresses.UPDATED,
            event ->
                context
                    .bus()
                    .ask(TopologyAddresses.SNAPSHOT.at(event.microgridId()), new GetSnapshot())
                    .onSuccess(s -> seen.add(s.microgrid().version() - event.version())));

    imported(SiteYaml.GOOD);
    imported(SiteYaml.GOOD.replace("name: North", "name: South"));

    assertThat(seen).containsExactly(0, 0);
  }

  @Test
  void theSameContentAgainChangesNothing() {
    imported(SiteYaml.GOOD);

    Imported again = imported("# only a comment is new\n" + SiteYaml.GOOD);

    assertThat(again.changed()).isFalse();
    assertThat(again.version()).isOne();
    assertThat(again.unchanged()).isEqualTo(12);
    assertThat(context.bus().told(TopologyAddresses.UPDATED)).hasSize(1);
  }

  @Test
  void aChangedSiteKeepsTheNodesWhoseAssetsRemain() {
    Imported first = imported(SiteYaml.GOOD);
    TopologySnapshot before = snapshot(first);

    Imported second = imported(SiteYaml.GOOD.replace("cp2, cp3", "cp3, cp4"));

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.added()).hasSize(3);
    assertThat(second.removed()).hasSize(3);
    assertThat(second.unchanged()).isEqualTo(9);
    assertThat(snapshot(second).nodes())
        .extracting(MicrogridNode::nodeId)
        .containsAll(
            before.nodes().stream()
                .map(MicrogridNode::nodeId)
                .filter(id -> !second.removed().contains(id))
                .toList());
  }

  @Test
  @Verifies("FR-002")
  void aSiteThatBreaksARuleIsRefusedAndWhatWasStoredStays() {
    Imported good = imported(SiteYaml.GOOD);

    ImportReply reply = importSite(SiteYaml.GOOD.replace("circuit: left", "circuit: nowhere"));

    assertThat(((Refused) reply).problems())
        .containsExactly(
            new Problem(
                "ORPHAN",
                "test.yaml",
                14,
                "charge_points[0].circuit",
                "charge point 'cp1' hangs from circuit 'nowhere', which does not exist"));
    assertThat(snapshot(good).microgrid().version()).isOne();
    assertThat(context.bus().told(TopologyAddresses.UPDATED)).hasSize(1);
  }

  @Test
  void aTextForAnotherDepotIsRefused() {
    UUID expected = UUID.fromString("00000000-0000-0000-0000-000000000001");
    ImportSite question =
        new ImportSite(Optional.of(expected), "test.yaml", SiteYaml.GOOD, "tester", "c-1");

    ImportReply reply = context.bus().ask(TopologyAddresses.IMPORT_SITE, question).await();

    assertThat(((Refused) reply).problems())
        .extracting(Problem::rule, Problem::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("DEPOT_MISMATCH", 2));
  }

  @Test
  @Verifies("LB-01")
  void aResyncWithoutDifferenceChangesNothing() {
    Imported imported = imported(SiteYaml.GOOD);

    ResyncReply reply = resync(imported.depotId());

    assertThat(reply)
        .isEqualTo(new Resynced(imported.microgridId(), 1, List.of(), List.of(), imported.added()));
    assertThat(context.bus().told(TopologyAddresses.UPDATED)).hasSize(1);
  }

  @Test
  void anUnknownDepotIsNotFound() {
    UUID nobody = UUID.fromString("00000000-0000-0000-0000-000000000009");

    assertThat(ask(new GetSite(nobody))).isEqualTo(new SiteReply.NotFound(nobody));
    assertThat(resync(nobody)).isEqualTo(new ResyncReply.NotFound(nobody));
  }
}
