package io.busbar.simulator.scenario;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** Reads real sessions: a CSV with a header, one session a line, times in UTC, energy in kWh. */
public final class SessionsCsv {

  private static final int COLUMNS = 10;

  private SessionsCsv() {}

  /**
   * Reads a file for a site.
   *
   * @throws IllegalArgumentException naming file and line of a row that cannot be used
   */
  public static List<Stay> read(Path file, TopologySnapshot site) throws IOException {
    Map<String, UUID> connectors = new HashMap<>();
    site.nodes().stream()
        .filter(node -> node.nodeType() == NodeType.CONNECTOR)
        .forEach(
            node -> connectors.put(node.asset().map(AssetFacts::ref).orElseThrow(), node.nodeId()));
    List<String> lines = Files.readAllLines(file);
    List<Stay> stays = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        stays.add(stay(lines.get(i).split(",", -1), connectors));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return stays;
  }

  private static Stay stay(String[] cells, Map<String, UUID> connectors) {
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException("expected " + COLUMNS + " columns, found " + cells.length);
    }
    UUID node = connectors.get(cells[1]);
    if (node == null) {
      throw new IllegalArgumentException("connector " + cells[1] + " is not part of the site");
    }
    return new Stay(
        UUID.nameUUIDFromBytes(cells[0].getBytes(StandardCharsets.UTF_8)),
        node,
        Instant.parse(cells[2]),
        Instant.parse(cells[3]),
        Instant.parse(cells[4]),
        (int) Math.round(Double.parseDouble(cells[5]) * 1000),
        Integer.parseInt(cells[7]),
        OptionalInt.empty());
  }
}
