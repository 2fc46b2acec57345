package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Problem;
import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportReply.Refused;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.RecordingBus;
import io.busbar.testkit.Verifies;
import io.busbar.topology.RandomSite.Mistake;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated sites, good ones and ones with one mistake; a failure names the seed of its site. */
@Verifies("FR-002")
class SiteModelTest {

  private static final int SITES = 300;

  private final LeapClock clock = new LeapClock();
  private final RecordingBus bus = new RecordingBus(clock);
  private final SiteStore store = new MemorySiteStore(bus, clock);
  private final Sites sites = new Sites(store, microgrid -> {});
  private final SiteDesk desk = new SiteDesk(sites, store, clock);
  private final long firstSeed = new Random().nextInt(1_000_000_000);

  SiteModelTest() {
    System.out.println("seeds from " + firstSeed);
  }

  @Test
  void aGoodSiteDerivesATreeThatKeepsEveryInvariantAndMissesNothing() {
    for (long seed = firstSeed; seed < firstSeed + SITES; seed++) {
      RandomSite random = new RandomSite(seed);

      ImportReply reply = importSite(random.text(), Optional.empty());

      assertThat(reply).as("seed %d", seed).isInstanceOf(Imported.class);
      Imported imported = (Imported) reply;
      Tree tree = sites.find(imported.depotId()).orElseThrow().tree();
      assertThat(TreeInvariants.check(imported.microgridId(), tree, id -> Optional.empty()))
          .as("seed %d", seed)
          .isEmpty();
      assertThat(tree.nodes()).as("seed %d", seed).hasSize(random.nodes());
      assertThat(tree.nodes())
          .as("connectors, seed %d", seed)
          .filteredOn(node -> node.nodeType() == NodeType.CONNECTOR)
          .hasSize(random.connectors());
      assertThat(importSite(random.text(), Optional.empty()))
          .as("again, seed %d", seed)
          .matches(again -> !((Imported) again).changed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeIsNamedByItsRuleWithALineAndNothingIsStored(Mistake mistake) {
    for (long seed = firstSeed; seed < firstSeed + SITES; seed++) {
      RandomSite random = new RandomSite(seed);
      Imported good = (Imported) importSite(random.text(), Optional.empty());
      StoredSite before = sites.find(good.depotId()).orElseThrow();
      random.make(mistake);

      ImportReply reply = importSite(random.text(), Optional.empty());

      assertThat(reply).as("seed %d: %s", seed, random.text()).isInstanceOf(Refused.class);
      Refused refused = (Refused) reply;
      assertThat(rules(refused)).as("seed %d: %s", seed, refused).isEqualTo(expected(mistake));
      assertThat(refused.problems()).allSatisfy(p -> assertThat(p.line()).isPositive());
      assertThat(sites.find(good.depotId())).as("seed %d", seed).contains(before);
    }
  }

  @Test
  void aTextThatIsCutOffAnywhereIsRefusedOrNamedNeverAFault() {
    String text = new RandomSite(firstSeed).text();
    for (int length = 0; length < text.length() - 2; length++) {
      assertThat(importSite(text.substring(0, length), Optional.empty()))
          .as("first %d characters, seed %d", length, firstSeed)
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void aSiteForAnotherDepotIsAMismatchAndNothingIsStored() {
    RandomSite random = new RandomSite(firstSeed);
    UUID another = UUID.fromString("00000000-0000-0000-0000-000000000001");

    ImportReply reply = importSite(random.text(), Optional.of(another));

    assertThat(rules((Refused) reply)).containsExactly("DEPOT_MISMATCH");
    assertThat(sites.get(new GetSite(another)))
        .isInstanceOf(io.busbar.api.topology.SiteReply.NotFound.class);
  }

  /** Circuits without a grid connection hang from something that does not exist. */
  private static Set<String> expected(Mistake mistake) {
    return mistake == Mistake.NO_GRID_CONNECTION
        ? Set.of("NO_GRID_CONNECTION", "ORPHAN")
        : Set.of(mistake.name());
  }

  private static Set<String> rules(Refused refused) {
    return refused.problems().stream().map(Problem::rule).collect(Collectors.toSet());
  }

  private ImportReply importSite(String text, Optional<UUID> depotId) {
    ImportSite question = new ImportSite(depotId, "random.json", text, "tester", "c-1");
    return desk.importSite(question, id -> Future.succeededFuture(Set.of())).await();
  }
}
