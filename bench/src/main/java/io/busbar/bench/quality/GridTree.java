package io.busbar.bench.quality;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A site tree of the data folder ({@code grid-site/1}) with another limit on its root. */
final class GridTree {

  private static final UUID SITE = id("site");

  private final List<MicrogridNode> nodes = new ArrayList<>();
  private final List<NodeLimit> limits = new ArrayList<>();

  private GridTree(JsonNode grid, double rootPercent) {
    double sum = 0;
    for (JsonNode node : grid.get("nodes")) {
      sum += type(node) == NodeType.CONNECTOR ? node.get("limit_watts").doubleValue() : 0;
    }
    for (JsonNode node : grid.get("nodes")) {
      add(node, sum * rootPercent / 100);
    }
  }

  /**
   * Reads one.
   *
   * @param rootPercent limit on its root, in percent of the sum of its connectors' limits
   */
  static TopologySnapshot read(Path file, double rootPercent) throws IOException {
    GridTree tree = new GridTree(RecordJson.mapper().readTree(Files.readString(file)), rootPercent);
    return new TopologySnapshot(
        new Microgrid(SITE, SITE, file.getFileName().toString(), "UTC", 1),
        tree.nodes,
        tree.limits,
        List.of());
  }

  private void add(JsonNode node, double rootWatts) {
    String name = node.get("id").textValue();
    NodeType type = type(node);
    Optional<UUID> parent = Optional.ofNullable(node.get("parent").textValue()).map(GridTree::id);
    double limit =
        parent.isEmpty() ? rootWatts : node.get("limit_watts").asDouble(Integer.MAX_VALUE);
    AssetType asset = type == NodeType.GRID_CONNECTION ? AssetType.CIRCUIT : asset(type);
    nodes.add(
        new MicrogridNode(
            id(name),
            SITE,
            parent,
            name,
            type,
            Optional.of(asset),
            Optional.of(id(name)),
            MicrogridNode.Status.ACTIVE,
            nodes.size(),
            Optional.of(facts(node, name, (int) limit))));
    limits.add(
        new NodeLimit(
            id("limit " + name),
            SITE,
            Optional.of(id(name)),
            ConstraintType.CONSUMPTION_CAP,
            (int) limit,
            Optional.empty(),
            SourceType.PHYSICAL_DERIVED,
            NodeLimit.Status.ACTIVE,
            Instant.EPOCH));
  }

  private static AssetFacts facts(JsonNode node, String name, int watts) {
    Optional<ConnectorFacts> connector =
        type(node) == NodeType.CONNECTOR
            ? Optional.of(new ConnectorFacts(6, 0, 0, 0, 60, node.get("min_watts").intValue()))
            : Optional.empty();
    return new AssetFacts(
        name, watts, OptionalInt.of(0), Optional.empty(), connector, Optional.empty(), List.of());
  }

  private static NodeType type(JsonNode node) {
    return NodeType.valueOf(node.get("type").textValue());
  }

  private static AssetType asset(NodeType type) {
    return AssetType.valueOf(type.name());
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
