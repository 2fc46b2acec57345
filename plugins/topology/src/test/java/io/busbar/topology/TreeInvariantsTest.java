package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.Violation;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.Verifies;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees are written as lists of {@code id<parent:TYPE}, or {@code id<parent:TYPE@asset}. */
@Verifies("FR-002")
class TreeInvariantsTest {

  private static final UUID MICROGRID = id("microgrid");

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          g:GRID_CONNECTION                                                    | -
          g:GRID_CONNECTION h:GRID_CONNECTION                                  | -
          g:GRID_CONNECTION c<g:CIRCUIT p<c:CHARGE_POINT k<p:CONNECTOR         | -
          g:GRID_CONNECTION v<g:VIRTUAL c<v:CIRCUIT s<v:POWER_SOURCE           | -
          g:GRID_CONNECTION v<g:VIRTUAL w<v:VIRTUAL p<w:CHARGE_POINT           | -
          g:GRID_CONNECTION p<g:CHARGE_POINT s<g:POWER_SOURCE                  | -
          g:GRID_CONNECTION c<d:CIRCUIT d<c:CIRCUIT                            | CYCLE CYCLE
          g:GRID_CONNECTION c<c:CIRCUIT                                        | CYCLE
          g:GRID_CONNECTION c<nobody:CIRCUIT                                   | ORPHAN
          g:GRID_CONNECTION c:CIRCUIT                                          | NESTING
          g:GRID_CONNECTION v:VIRTUAL                                          | NESTING
          g:GRID_CONNECTION h<g:GRID_CONNECTION                                | NESTING
          g:GRID_CONNECTION k<g:CONNECTOR                                      | NESTING
          g:GRID_CONNECTION p<g:CHARGE_POINT q<p:CHARGE_POINT                  | NESTING
          g:GRID_CONNECTION p<g:CHARGE_POINT s<p:POWER_SOURCE                  | NESTING
          g:GRID_CONNECTION p<g:CHARGE_POINT k<p:CONNECTOR l<k:CONNECTOR       | NESTING
          g:GRID_CONNECTION s<g:POWER_SOURCE c<s:CIRCUIT                       | NESTING
          g:GRID_CONNECTION c<g:CIRCUIT@x d<g:CIRCUIT@x                        | DUPLICATE_ASSET
          g:GRID_CONNECTION@x c<g:CIRCUIT@x                                    | DUPLICATE_ASSET
          g:GRID_CONNECTION g:GRID_CONNECTION@y                                | DUPLICATE_NODE
          -                                                                    | NO_GRID_CONNECTION
          v:VIRTUAL                                                            | NESTING NO_GRID_CONNECTION
          """)
  void aTreeIsValidOrTheRuleItBreaksIsNamed(String tree, String rules) {
    List<String> expected = rules == null ? List.of() : List.of(rules.split(" "));

    assertThat(check(nodes(tree), List.of()))
        .extracting(Violation::rule)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void aNodeOfAnotherMicrogridIsForeignAndSoIsItsChildsParent() {
    MicrogridNode own = node("g:GRID_CONNECTION", MICROGRID);
    MicrogridNode foreign = node("h:GRID_CONNECTION", id("another"));
    MicrogridNode child = node("c<h:CIRCUIT", MICROGRID);

    assertThat(check(List.of(own, foreign, child), List.of()))
        .extracting(Violation::rule)
        .containsExactly("FOREIGN_NODE", "FOREIGN_PARENT");
  }

  @ParameterizedTest
  @EnumSource(AssetType.class)
  void aVirtualNodeRefersToNoAsset(AssetType type) {
    MicrogridNode grid = node("g:GRID_CONNECTION", MICROGRID);
    MicrogridNode virtual =
        attached(node("v<g:VIRTUAL", MICROGRID), Optional.of(type), Optional.of(id("x")));

    assertThat(check(List.of(grid, virtual), List.of()))
        .extracting(Violation::rule)
        .containsExactly("ASSET_TYPE");
  }

  @Test
  void theAssetMustBeOfTheNodesTypeAndComeWithItsId() {
    MicrogridNode grid = node("g:GRID_CONNECTION", MICROGRID);
    MicrogridNode wrong =
        attached(
            node("c<g:CIRCUIT", MICROGRID),
            Optional.of(AssetType.CHARGE_POINT),
            Optional.of(id("x")));
    MicrogridNode halfDone =
        attached(node("d<g:CIRCUIT", MICROGRID), Optional.of(AssetType.CIRCUIT), Optional.empty());

    assertThat(check(List.of(grid, wrong, halfDone), List.of()))
        .extracting(violation -> violation.rule() + " " + violation.nodeId().orElseThrow())
        .containsExactly("ASSET_TYPE " + id("c"), "ASSET_TYPE " + id("d"));
  }

  @Test
  void limitsSitOnNodesOfTheTreeOrOnTheWholeAndOnlyOneOfATypeIsActive() {
    List<MicrogridNode> nodes = nodes("g:GRID_CONNECTION c<g:CIRCUIT");

    assertThat(
            check(
                nodes,
                List.of(
                    limit(Optional.of("g"), ConstraintType.CONSUMPTION_CAP, 5, true),
                    limit(Optional.of("g"), ConstraintType.CONSUMPTION_CAP, 3, false),
                    limit(Optional.of("g"), ConstraintType.NET_CAP, 5, true),
                    limit(Optional.of("c"), ConstraintType.CONSUMPTION_CAP, 0, true),
                    limit(Optional.empty(), ConstraintType.CONSUMPTION_CAP, 5, true))))
        .isEmpty();
    assertThat(
            check(
                nodes,
                List.of(
                    limit(Optional.of("g"), ConstraintType.NET_CAP, 5, true),
                    limit(Optional.of("g"), ConstraintType.NET_CAP, 4, true),
                    limit(Optional.empty(), ConstraintType.NET_CAP, 5, true),
                    limit(Optional.empty(), ConstraintType.NET_CAP, 5, true),
                    limit(Optional.of("nobody"), ConstraintType.NET_CAP, 5, true),
                    limit(Optional.of("c"), ConstraintType.NET_CAP, -1, true))))
        .extracting(Violation::rule)
        .containsExactly(
            "TWO_ACTIVE_LIMITS", "TWO_ACTIVE_LIMITS", "LIMIT_WITHOUT_NODE", "NEGATIVE_LIMIT");
  }

  private static List<Violation> check(List<MicrogridNode> nodes, List<NodeLimit> limits) {
    return TreeInvariants.check(
        MICROGRID, new Tree(nodes, limits, List.of()), nodeId -> Optional.empty());
  }

  private static List<MicrogridNode> nodes(String tree) {
    return tree == null
        ? List.of()
        : Arrays.stream(tree.split(" +")).map(text -> node(text, MICROGRID)).toList();
  }

  private static MicrogridNode node(String text, UUID microgrid) {
    String[] parts = text.split("[:@]");
    String[] place = parts[0].split("<");
    NodeType type = NodeType.valueOf(parts[1]);
    Optional<UUID> asset =
        type == NodeType.VIRTUAL
            ? Optional.empty()
            : Optional.of(id(parts.length > 2 ? parts[2] : "asset " + place[0]));
    return new MicrogridNode(
        id(place[0]),
        microgrid,
        place.length > 1 ? Optional.of(id(place[1])) : Optional.empty(),
        place[0],
        type,
        asset.map(some -> assetType(type)),
        asset,
        Status.ACTIVE,
        0,
        Optional.empty());
  }

  private static AssetType assetType(NodeType type) {
    return type == NodeType.GRID_CONNECTION ? AssetType.CIRCUIT : AssetType.valueOf(type.name());
  }

  private static MicrogridNode attached(
      MicrogridNode node, Optional<AssetType> type, Optional<UUID> asset) {
    return new MicrogridNode(
        node.nodeId(),
        node.microgridId(),
        node.parentNodeId(),
        node.name(),
        node.nodeType(),
        type,
        asset,
        node.status(),
        node.displayOrder(),
        node.asset());
  }

  private static NodeLimit limit(
      Optional<String> node, ConstraintType type, int watts, boolean active) {
    return new NodeLimit(
        UUID.randomUUID(),
        MICROGRID,
        node.map(TreeInvariantsTest::id),
        type,
        watts,
        Optional.empty(),
        SourceType.MANUAL,
        active ? NodeLimit.Status.ACTIVE : NodeLimit.Status.INACTIVE,
        LeapClock.START);
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
