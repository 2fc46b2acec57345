package io.busbar.bench;

import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditReply.Edited;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.EditTopology.Patch;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.GetSnapshotAt;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.QueryNodes;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Edits and reads of a tree of ten thousand nodes over the real bus and the product's database,
 * turn by turn with bare SQL on the same server.
 */
final class TopologyBench {

  /** What is timed in every round. */
  private enum Work {
    RENAME("PATCH: rename one node", 20),
    MOVE("PATCH: move one charge point to another circuit", 20),
    SNAPSHOT("snapshot from cache", 1),
    COLLECTION("collection: all connectors", Double.NaN),
    VERSION("the tree at an earlier version", Double.NaN),
    ROUND_TRIP("bare SQL round trip", Double.NaN),
    COMMIT("one row updated and committed", Double.NaN);

    final String title;
    final double targetMillis;

    Work(String title, double targetMillis) {
      this.title = title;
      this.targetMillis = targetMillis;
    }

    boolean isMissedBy(Laps laps) {
      return laps.millis(0.99) > targetMillis;
    }
  }

  private static final int WARM_UP = 300;
  private static final int ROUNDS = 1_500;

  private final PrintStream out;
  private final Random random = new Random(1);
  private Map<Work, Laps> laps = new EnumMap<>(Work.class);
  private List<MicrogridNode> chargePoints;
  private List<UUID> circuits;
  private int version;

  TopologyBench(PrintStream out) {
    this.out = out;
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() {
    try {
      Path folder = Files.createTempDirectory("busbar-bench");
      try {
        return run(folder);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean run(Path folder) {
    try (RunningTopology topology = new RunningTopology(folder);
        PlainSql plain = new PlainSql(topology.database())) {
      topology.start(LargeSite.text());
      TopologySnapshot tree = topology.ask(TopologyAddresses.SNAPSHOT, new GetSnapshot());
      version = tree.microgrid().version();
      chargePoints = ofType(tree, NodeType.CHARGE_POINT);
      circuits = ofType(tree, NodeType.CIRCUIT).stream().map(MicrogridNode::nodeId).toList();
      rounds(WARM_UP, topology, plain);
      laps = new EnumMap<>(Work.class);
      rounds(ROUNDS, topology, plain);
      return print(tree.nodes().size());
    }
  }

  private static List<MicrogridNode> ofType(TopologySnapshot tree, NodeType type) {
    return tree.nodes().stream().filter(node -> node.nodeType() == type).toList();
  }

  private void rounds(int count, RunningTopology topology, PlainSql plain) {
    QueryNodes connectors =
        new QueryNodes(Set.of(NodeType.CONNECTOR), Set.of(), Set.of(), Optional.empty());
    for (int round = 0; round < count; round++) {
      MicrogridNode point = chargePoints.get(random.nextInt(chargePoints.size()));
      UUID circuit = circuits.get(random.nextInt(circuits.size()));
      NodeDraft renamed = draft(point, point.parentNodeId().orElseThrow(), "name " + version);
      NodeDraft moved = draft(point, circuit, "name " + version);
      time(Work.RENAME, () -> patch(topology, renamed));
      time(Work.SNAPSHOT, () -> topology.ask(TopologyAddresses.SNAPSHOT, new GetSnapshot()));
      time(Work.MOVE, () -> patch(topology, moved));
      time(Work.ROUND_TRIP, plain::roundTrip);
      time(Work.COMMIT, plain::commit);
      time(Work.COLLECTION, () -> topology.ask(TopologyAddresses.COLLECTION, connectors));
      if (round % 50 == 0) {
        int earlier = 1 + random.nextInt(version);
        time(
            Work.VERSION,
            () -> topology.ask(TopologyAddresses.SNAPSHOT_AT, new GetSnapshotAt(earlier)));
      }
    }
  }

  private void time(Work work, Runnable run) {
    laps.computeIfAbsent(work, w -> new Laps()).time(run);
  }

  private void patch(RunningTopology topology, NodeDraft draft) {
    EditReply reply =
        topology.ask(
            TopologyAddresses.EDIT,
            new EditTopology(
                version, new Patch(List.of(draft), List.of()), "bench", "v" + version));
    if (reply instanceof Edited edited) {
      version = edited.version();
    } else {
      throw new IllegalStateException("refused: " + reply);
    }
  }

  private static NodeDraft draft(MicrogridNode node, UUID parent, String name) {
    return new NodeDraft(
        node.nodeId(),
        Optional.of(parent),
        name,
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        node.status(),
        node.displayOrder());
  }

  private boolean print(int nodes) {
    print("## Topology: a tree of %,d nodes%n%n", nodes);
    print(
        "Java %s, %d processors. Over the bus, stored durably; %d versions at the end.%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), version);
    print("Ratios are those of medians, to a bare SQL round trip and to one committed row.%n%n");
    print("| work | times | median | p99 | target of p99 | round trips | commits |%n");
    print("|---|---:|---:|---:|---:|---:|---:|%n");
    laps.forEach(this::row);
    boolean missed = laps.entrySet().stream().anyMatch(e -> e.getKey().isMissedBy(e.getValue()));
    print("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private void row(Work work, Laps done) {
    double median = done.millis(0.5);
    print(
        "| %s | %,d | %.3f ms | %.3f ms | %s%s | %.1f | %.2f |%n",
        work.title,
        done.count(),
        median,
        done.millis(0.99),
        Double.isNaN(work.targetMillis) ? "" : "%.0f ms".formatted(work.targetMillis),
        work.isMissedBy(done) ? " MISSED" : "",
        median / laps.get(Work.ROUND_TRIP).millis(0.5),
        median / laps.get(Work.COMMIT).millis(0.5));
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
