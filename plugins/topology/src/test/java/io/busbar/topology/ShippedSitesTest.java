package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.Wiring;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import io.busbar.topology.SiteText.Reading;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The site files that come with Busbar. */
class ShippedSitesTest {

  @Test
  @Verifies({"LB-01", "LB-03"})
  void theCaltechGarageIsTheOneOfTheRealDataNodeByNode() throws IOException {
    Tree tree = derive("caltech-garage.yaml");
    JsonNode data =
        RecordJson.mapper().readTree(Files.readString(RealData.file("sites/caltech.safe.json")));

    Map<String, String> expected = new TreeMap<>();
    data.get("nodes").forEach(node -> expected.put(node.get("id").asText(), described(node)));
    assertThat(described(tree)).isEqualTo(expected);
  }

  @Test
  @Verifies({"LB-02", "LB-07"})
  void theBusDepotHasTwoGridConnectionsEachWithSeveralRowsOfChargers() throws IOException {
    Tree tree = derive("bus-depot.yaml");

    assertThat(counts(tree))
        .isEqualTo(
            Map.of(
                NodeType.GRID_CONNECTION, 2L,
                NodeType.CIRCUIT, 6L,
                NodeType.CHARGE_POINT, 54L,
                NodeType.CONNECTOR, 60L));
    Map<Optional<UUID>, Long> circuitsByParent =
        tree.nodes().stream()
            .filter(node -> node.nodeType() == NodeType.CIRCUIT)
            .collect(Collectors.groupingBy(MicrogridNode::parentNodeId, Collectors.counting()));
    assertThat(circuitsByParent.values()).containsExactly(3L, 3L);
    assertThat(tree.meters()).hasSize(2).allSatisfy(m -> assertThat(m.fallback()).hasSize(2));
  }

  @Test
  void theGridConnectionsOfTheBusDepotCarry45PercentOfItsConnectors() throws IOException {
    Tree tree = derive("bus-depot.yaml");

    assertThat(ratings(tree, NodeType.CONNECTOR)).isEqualTo(3_589_920);
    assertThat(ratings(tree, NodeType.GRID_CONNECTION)).isEqualTo(3_589_920 * 45L / 100);
  }

  @Test
  void everyShippedSiteKeepsTheInvariantsAndHasRoomForItsFailSafeCurrents() throws IOException {
    for (String file : new String[] {"caltech-garage.yaml", "bus-depot.yaml"}) {
      Tree tree = derive(file);
      assertThat(
              TreeInvariants.check(
                  tree.nodes().getFirst().microgridId(), tree, id -> Optional.empty()))
          .isEmpty();
    }
  }

  private static long ratings(Tree tree, NodeType type) {
    return tree.nodes().stream()
        .filter(node -> node.nodeType() == type)
        .mapToLong(node -> node.asset().orElseThrow().ratedWatts())
        .sum();
  }

  private static Map<NodeType, Long> counts(Tree tree) {
    return tree.nodes().stream()
        .collect(Collectors.groupingBy(MicrogridNode::nodeType, Collectors.counting()));
  }

  /** What the data says of a node: parent, type, limit, and of a connector its currents. */
  private static String described(JsonNode node) {
    String facts = "";
    if (node.get("type").asText().equals("CONNECTOR")) {
      int perAmp = node.get("voltage_v").asInt();
      facts =
          " %s V %s, %s to %s A in steps of %s A"
              .formatted(
                  perAmp,
                  Map.of("AB", "L1L2", "BC", "L2L3", "CA", "L3L1").get(node.get("phases").asText()),
                  node.get("min_watts").asDouble() / perAmp,
                  node.get("max_current_a").asDouble(),
                  node.get("step_watts").asDouble() / perAmp);
    }
    return "%s under %s, %d W%s"
        .formatted(
            node.get("type").asText(),
            node.get("parent").asText(),
            node.get("limit_watts").asInt(),
            facts);
  }

  /** The same of a derived tree; the limit is the one of its active consumption cap. */
  private static Map<String, String> described(Tree tree) {
    Map<UUID, String> refs = new HashMap<>();
    tree.nodes().forEach(n -> refs.put(n.nodeId(), n.asset().orElseThrow().ref()));
    Map<UUID, Integer> limits =
        tree.limits().stream()
            .filter(limit -> limit.status() == NodeLimit.Status.ACTIVE)
            .collect(Collectors.toMap(l -> l.nodeId().orElseThrow(), NodeLimit::limitWatts));
    Map<String, String> described = new TreeMap<>();
    for (MicrogridNode node : tree.nodes()) {
      AssetFacts asset = node.asset().orElseThrow();
      String facts = asset.connector().map(c -> facts(asset.wiring().orElseThrow(), c)).orElse("");
      String parent = node.parentNodeId().map(refs::get).orElse("null");
      described.put(
          asset.ref(),
          "%s under %s, %d W%s"
              .formatted(node.nodeType(), parent, limits.get(node.nodeId()), facts));
    }
    return described;
  }

  private static String facts(Wiring wiring, AssetFacts.ConnectorFacts connector) {
    return " %s V %s, %s to %s A in steps of %s A"
        .formatted(
            wiring.volts(),
            wiring.phases(),
            connector.minAmps(),
            connector.maxAmps(),
            connector.stepAmps());
  }

  private static Tree derive(String file) throws IOException {
    Path path = RealData.repository().resolve("config/sites").resolve(file);
    Reading reading = SiteText.read(file, Files.readString(path), Optional.empty());
    assertThat(reading).as("reading of %s", file).isInstanceOf(Reading.Good.class);
    return SiteYaml.derive(Files.readString(path));
  }
}
