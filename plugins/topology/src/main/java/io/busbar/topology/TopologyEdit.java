package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.EditTopology.Patch;
import io.busbar.api.topology.EditTopology.Replace;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.Violation;
import io.busbar.topology.TreeInvariants.Owners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides what an edit makes of a tree: the version first, then every rule, then all or nothing.
 */
final class TopologyEdit {

  /** The first broken rule in this order is the one that is named. */
  private static final List<String> ORDER =
      List.of(
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
          "METERED_NODE_REMOVED",
          "FAIL_SAFE_SUM");

  private final StoredSite site;
  private final Owners owners;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<UUID, MicrogridNode> before = new LinkedHashMap<>();
  private final Map<UUID, MicrogridNode> after = new LinkedHashMap<>();

  private TopologyEdit(StoredSite site, Owners owners) {
    this.site = site;
    this.owners = owners;
    site.tree().nodes().forEach(node -> before.put(node.nodeId(), node));
  }

  /**
   * Decides.
   *
   * @param owners knows to which microgrid any other node belongs
   */
  static Outcome<EditReply> decide(
      StoredSite site, EditTopology question, Owners owners, Instant now) {
    int version = site.microgrid().version();
    if (question.version() != version) {
      return Outcome.unchanged(new EditReply.VersionConflict(question.version(), version));
    }
    return new TopologyEdit(site, owners).decide(question, now);
  }

  private Outcome<EditReply> decide(EditTopology question, Instant now) {
    switch (question.edit()) {
      case Replace replace -> replace.nodes().forEach(this::put);
      case Patch patch -> patch(patch);
    }
    Set<UUID> removed = new HashSet<>(before.keySet());
    removed.removeAll(after.keySet());
    List<MicrogridNode> nodes = List.copyOf(after.values());
    violations.addAll(
        TreeInvariants.check(site.id(), new Tree(nodes, List.of(), List.of()), owners));
    violations.addAll(Targets.ofEdit(site, removed));
    if (violations.isEmpty()) {
      nodes = TreeOrder.sort(nodes);
      violations.addAll(FailSafeSum.check(nodes));
    }
    return violations.isEmpty() ? apply(question, nodes, now) : Outcome.unchanged(invalid());
  }

  private void patch(Patch patch) {
    after.putAll(before);
    Set<UUID> removed = new HashSet<>(patch.remove());
    for (UUID nodeId : removed) {
      if (after.remove(nodeId) == null) {
        report(owned(nodeId) ? "FOREIGN_NODE" : "UNKNOWN_NODE", nodeId, "is not in this tree");
      }
    }
    Set<UUID> seen = new HashSet<>(removed);
    for (NodeDraft draft : patch.upsert()) {
      if (!seen.add(draft.nodeId())) {
        report("DUPLICATE_NODE", draft.nodeId(), "is in the edit twice");
      }
      after.put(draft.nodeId(), node(draft));
    }
  }

  private void put(NodeDraft draft) {
    if (after.put(draft.nodeId(), node(draft)) != null) {
      report("DUPLICATE_NODE", draft.nodeId(), "is in the edit twice");
    }
  }

  private boolean owned(UUID nodeId) {
    return owners.of(nodeId).filter(owner -> !owner.equals(site.id())).isPresent();
  }

  private MicrogridNode node(NodeDraft draft) {
    if (!before.containsKey(draft.nodeId()) && owned(draft.nodeId())) {
      report("FOREIGN_NODE", draft.nodeId(), "belongs to another microgrid");
    }
    return new MicrogridNode(
        draft.nodeId(),
        site.id(),
        draft.parentNodeId(),
        draft.name(),
        draft.nodeType(),
        draft.attachedAssetType(),
        draft.attachedAssetId(),
        draft.status(),
        draft.displayOrder(),
        draft.attachedAssetId().flatMap(asset -> facts(draft, asset)));
  }

  private Optional<AssetFacts> facts(NodeDraft draft, UUID assetId) {
    Optional<StoredAssets.Known> known = site.assets().find(assetId);
    if (known.isEmpty()) {
      report("UNKNOWN_ASSET", draft.nodeId(), "asset " + assetId + " is not one of this depot");
    } else if (draft.attachedAssetType().filter(known.get().type()::equals).isEmpty()) {
      report("ASSET_TYPE", draft.nodeId(), "asset " + assetId + " is a " + known.get().type());
    }
    return known.map(StoredAssets.Known::facts);
  }

  private void report(String rule, UUID nodeId, String problem) {
    violations.add(new Violation(rule, Optional.of(nodeId), "node " + nodeId + " " + problem));
  }

  private EditReply invalid() {
    return new EditReply.Invalid(
        violations.stream()
            .sorted(Comparator.comparingInt(violation -> ORDER.indexOf(violation.rule())))
            .distinct()
            .toList());
  }

  private Outcome<EditReply> apply(EditTopology question, List<MicrogridNode> nodes, Instant now) {
    List<UUID> added = after.keySet().stream().filter(id -> !before.containsKey(id)).toList();
    List<UUID> removed = before.keySet().stream().filter(id -> !after.containsKey(id)).toList();
    List<UUID> changed =
        before.keySet().stream()
            .filter(after::containsKey)
            .filter(id -> !before.get(id).equals(after.get(id)))
            .toList();
    int version = site.microgrid().version();
    if (added.isEmpty() && removed.isEmpty() && changed.isEmpty()) {
      return Outcome.unchanged(new EditReply.Edited(site.id(), version, added, removed, changed));
    }
    List<NodeLimit> limits =
        LimitSet.of(site.tree(), nodes, LimitSet.set(site.tree().limits()), now);
    StoredSite next = site.edited(new Tree(nodes, limits, site.assets().meters(nodes)));
    return Outcome.changed(
        new EditReply.Edited(site.id(), version + 1, added, removed, changed),
        next,
        Events.updated(next, new Author(question.actor(), question.correlationId()), now));
  }
}
