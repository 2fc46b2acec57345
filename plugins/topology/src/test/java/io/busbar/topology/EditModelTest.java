package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.DiffReply;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.EditTopology.Edit;
import io.busbar.api.topology.EditTopology.Patch;
import io.busbar.api.topology.EditTopology.Replace;
import io.busbar.api.topology.GetDiff;
import io.busbar.api.topology.GetSnapshotAt;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.VersionReply;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.RecordingBus;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ten thousand random sequences of edits against a model that is too simple to be wrong. */
@Verifies({"FR-002", "FR-011"})
class EditModelTest {

  private static final int SEQUENCES = 10_000;
  private static final int EDITS = 6;
  private static final String SITE = SiteYaml.GOOD + "  - { id: m2, circuit: left }\n";

  private final LeapClock clock = new LeapClock();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void whatIsAcceptedIsWhatTheModelAcceptsAndEachRejectionNamesTheSameRule() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      new Sequence(seed).run();
    }
    assertThat(outcomes.keySet())
        .contains(
            "accepted",
            "conflict",
            "DUPLICATE_NODE",
            "FOREIGN_NODE",
            "UNKNOWN_NODE",
            "FOREIGN_PARENT",
            "ORPHAN",
            "CYCLE",
            "NO_GRID_CONNECTION",
            "NESTING",
            "UNKNOWN_ASSET",
            "ASSET_TYPE",
            "DUPLICATE_ASSET",
            "LIMITED_NODE_REMOVED",
            "CONTROLLED_NODE_REMOVED",
            "METERED_NODE_REMOVED");
    System.out.println("edits by outcome: " + outcomes);
  }

  /** One site and the edits made of it. */
  private final class Sequence {
    private final long seed;
    private final SplittableRandom random;
    private final SiteStore store = new MemorySiteStore(new RecordingBus(clock), clock);
    private final Sites sites = new Sites(store, microgrid -> {});
    private final SiteDesk desk = new SiteDesk(sites, store, clock);
    private final UUID depotId;
    private final List<UUID> foreign;
    private final EditModel model;
    private final Map<Integer, Map<UUID, NodeDraft>> versions = new HashMap<>();

    Sequence(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      depotId = importSite(SITE);
      UUID other = importSite(SITE.replace("id: north", "id: south"));
      foreign =
          sites.find(other).orElseThrow().tree().nodes().stream()
              .map(MicrogridNode::nodeId)
              .toList();
      model =
          new EditModel(
              site().assets().known().entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().type().name())),
              Set.copyOf(foreign),
              site().tree().meters().stream().map(Meter::nodeId).collect(Collectors.toSet()));
      site().tree().nodes().stream()
          .map(NodeDraft::of)
          .forEach(node -> model.nodes.put(node.nodeId(), node));
      versions.put(1, Map.copyOf(model.nodes));
    }

    private UUID importSite(String text) {
      ImportSite question = new ImportSite(Optional.empty(), "x.yaml", text, "tester", "c-1");
      return ((Imported) desk.importSite(question, id -> Future.succeededFuture(Set.of())).await())
          .depotId();
    }

    private StoredSite site() {
      return sites.find(depotId).orElseThrow();
    }

    void run() {
      for (int i = 0; i < EDITS; i++) {
        if (random.nextInt(4) == 0) {
          target();
        }
        edit();
      }
      checkVersions();
    }

    /** Makes something rely on a node. */
    private void target() {
      UUID node = any(List.copyOf(model.nodes.keySet()));
      if (random.nextBoolean()) {
        SetNodeLimit limit =
            new SetNodeLimit(
                Optional.empty(),
                Optional.of(node),
                ConstraintType.CONSUMPTION_CAP,
                0,
                Optional.empty(),
                NodeLimit.SourceType.MANUAL,
                NodeLimit.Status.INACTIVE,
                "tester",
                "c-2");
        assertThat(desk.setLimit(depotId, limit)).isInstanceOf(NodeLimitReply.Stored.class);
        model.limited.add(node);
      } else {
        SaveControlPoint point =
            new SaveControlPoint(
                Optional.empty(),
                Optional.of(node),
                CapabilityType.DER,
                State.disabled,
                ControlSource.LOCAL,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "tester",
                "c-3");
        assertThat(desk.saveControlPoint(depotId, point))
            .isInstanceOf(ControlPointReply.Saved.class);
        model.controlled.add(node);
      }
    }

    private void edit() {
      int version = site().microgrid().version();
      Map<UUID, NodeDraft> before = model.nodes;
      int seen = random.nextInt(10) == 0 ? version + 1 - random.nextInt(1, 3) * 2 + 1 : version;
      Edit edit = random.nextInt(4) == 0 ? replace() : patch();
      EditReply reply = desk.edit(depotId, new EditTopology(seen, edit, "tester", "c-4"), Set.of());
      if (seen != version) {
        count("conflict");
        assertThat(reply)
            .as("seed %d", seed)
            .isEqualTo(new EditReply.VersionConflict(seen, version));
        return;
      }
      Optional<String> broken =
          switch (edit) {
            case Replace all -> model.replace(all.nodes());
            case Patch some -> model.patch(some.upsert(), some.remove());
          };
      count(broken.orElse("accepted"));
      switch (reply) {
        case EditReply.Edited done -> {
          assertThat(broken).as("seed %d: %s", seed, edit).isEmpty();
          int expected = model.nodes.equals(before) ? version : version + 1;
          assertThat(done.version()).as("seed %d", seed).isEqualTo(expected);
          versions.put(expected, Map.copyOf(model.nodes));
        }
        case EditReply.Invalid invalid ->
            assertThat(Optional.of(invalid.violations().getFirst().rule()))
                .as("seed %d: %s: %s", seed, edit, invalid)
                .isEqualTo(broken);
        case EditReply.VersionConflict conflict -> throw new AssertionError(conflict);
      }
      checkState();
    }

    private void checkState() {
      Tree tree = site().tree();
      assertThat(tree.nodes().stream().map(NodeDraft::of).toList())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(model.nodes.values());
      assertThat(TreeInvariants.check(site().id(), tree, id -> Optional.empty()))
          .as("seed %d", seed)
          .isEmpty();
    }

    /** Every version is still there, and differences lead from each to the last. */
    private void checkVersions() {
      int last = site().microgrid().version();
      versions.forEach(
          (version, nodes) -> {
            VersionReply reply = desk.at(site().microgrid(), new GetSnapshotAt(version));
            assertThat(((VersionReply.Found) reply).nodes())
                .as("seed %d, version %d", seed, version)
                .containsExactlyInAnyOrderElementsOf(nodes.values());
            Map<UUID, NodeDraft> walked = new HashMap<>(nodes);
            DiffReply.Diff diff =
                (DiffReply.Diff) desk.diff(site().microgrid(), new GetDiff(version, last));
            diff.removed().forEach(node -> walked.remove(node.nodeId(), node));
            diff.added().forEach(node -> walked.put(node.nodeId(), node));
            diff.changed().forEach(c -> walked.replace(c.before().nodeId(), c.before(), c.after()));
            assertThat(walked).as("seed %d, from version %d", seed, version).isEqualTo(model.nodes);
          });
      assertThat(desk.at(site().microgrid(), new GetSnapshotAt(last + 1)))
          .isEqualTo(new VersionReply.NotFound(last + 1, last));
    }

    private Replace replace() {
      List<NodeDraft> drafts = new ArrayList<>(model.nodes.values());
      int changes = random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        int at = random.nextInt(drafts.size());
        if (random.nextInt(3) == 0) {
          drafts.remove(at);
        } else {
          drafts.set(at, changed(drafts.get(at)));
        }
      }
      if (random.nextInt(3) == 0) {
        drafts.add(random.nextInt(4) == 0 ? any(drafts) : fresh());
      }
      return new Replace(drafts);
    }

    private Patch patch() {
      List<NodeDraft> upsert = new ArrayList<>();
      List<UUID> remove = new ArrayList<>();
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        NodeDraft node = any(List.copyOf(model.nodes.values()));
        switch (random.nextInt(5)) {
          case 0 -> upsert.add(fresh());
          case 1 -> remove(remove, node);
          default -> upsert.add(changed(node));
        }
      }
      return new Patch(upsert, remove);
    }

    /** A leaf, a whole branch, or something that is not there. */
    private void remove(List<UUID> remove, NodeDraft node) {
      switch (random.nextInt(6)) {
        case 0 -> remove.add(new UUID(0, random.nextLong(100)));
        case 1 -> remove.add(any(foreign));
        case 2 -> remove.add(node.nodeId());
        default -> branch(node.nodeId(), remove);
      }
    }

    private void branch(UUID top, List<UUID> remove) {
      remove.add(top);
      model.nodes.values().stream()
          .filter(node -> node.parentNodeId().filter(top::equals).isPresent())
          .forEach(node -> branch(node.nodeId(), remove));
    }

    private NodeDraft fresh() {
      NodeDraft like = any(List.copyOf(model.nodes.values()));
      boolean group = random.nextInt(3) > 0;
      List<UUID> assets = new ArrayList<>(new TreeMap<>(model.assets).keySet());
      assets.add(new UUID(7, 7));
      UUID id = random.nextInt(20) == 0 ? any(foreign) : new UUID(1, random.nextLong());
      return new NodeDraft(
          id,
          group || random.nextBoolean() ? Optional.of(like.nodeId()) : like.parentNodeId(),
          "fresh",
          group ? NodeType.VIRTUAL : like.nodeType(),
          group ? Optional.empty() : like.attachedAssetType(),
          group ? Optional.empty() : Optional.of(any(assets)),
          Status.ACTIVE,
          random.nextInt(20));
    }

    private NodeDraft changed(NodeDraft node) {
      Optional<UUID> parent = node.parentNodeId();
      Optional<AssetType> type = node.attachedAssetType();
      String name = node.name();
      Status status = node.status();
      int order = node.displayOrder();
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> parent = Optional.of(any(List.copyOf(model.nodes.keySet())));
        case 3 -> parent = random.nextBoolean() ? Optional.empty() : Optional.of(any(foreign));
        case 4 -> name = "renamed " + random.nextInt(3);
        case 5 -> status = any(List.of(Status.values()));
        case 6 -> order = random.nextInt(20);
        default ->
            type = random.nextInt(4) == 0 ? Optional.of(any(List.of(AssetType.values()))) : type;
      }
      return new NodeDraft(
          node.nodeId(),
          parent,
          name,
          node.nodeType(),
          type,
          node.attachedAssetId(),
          status,
          order);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }
}
