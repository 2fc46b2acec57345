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
          "ENVELOPED_NODE_REMOVED",
          "METERED_NODE_REMOVED",
          "FAIL_SAFE_SUM");

  private final StoredSite site;
  private final Owners owners;
  private final Set<UUID> enveloped;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<UUID, MicrogridNode> drafted = new LinkedHashMap<>();

  private TopologyEdit(StoredSite site, Owners owners, Set<UUID> enveloped) {
    this.site = site;
    this.owners = owners;
    this.enveloped = enveloped;
  }

  /**
   * Decides.
   *
   * @param owners knows to which microgrid any other node belongs
   * @param enveloped nodes that envelopes bound
   */
  static Outcome<EditReply> decide(
      StoredSite site, EditTopology question, Owners owners, Set<UUID> enveloped, Instant now) {
    int version = site.microgrid().version();
    if (question.version() != version) {
      return Outcome.unchanged(new EditReply.VersionConflict(question.version(), version));
    }
    return new TopologyEdit(site, owners, enveloped).decide(question, now);
  }

  private Outcome<EditReply> decide(EditTopology question, Instant now) {
    List<MicrogridNode> nodes =
        switch (question.edit()) {
          case Replace replace -> replace(replace);
          case Patch patch -> patch(patch);
        };
    Tree after = new Tree(nodes, List.of(), List.of()).ordered();
    List<UUID> removed = missing(site.tree(), after);
    violations.addAll(TreeInvariants.check(site.id(), after, owners));
    violations.addAll(Targets.ofEdit(site, new HashSet<>(removed), enveloped));
    if (violations.isEmpty()) {
      violations.addAll(FailSafeSum.check(after.nodes()));
    }
    return violations.isEmpty()
        ? apply(question, after, removed, now)
        : Outcome.unchanged(invalid());
  }

  /** Nodes of one tree that the other one does not have. */
  private static List<UUID> missing(Tree here, Tree there) {
    return here.nodes().stream()
        .map(MicrogridNode::nodeId)
        .filter(id -> there.find(id).isEmpty())
        .toList();
  }

  private List<MicrogridNode> replace(Replace replace) {
    replace.nodes().forEach(draft -> draft(draft, Set.of()));
    return List.copyOf(drafted.values());
  }

  private List<MicrogridNode> patch(Patch patch) {
    Set<UUID> removed = new HashSet<>(patch.remove());
    for (UUID nodeId : removed) {
      if (site.node(nodeId).isEmpty()) {
        report(owned(nodeId) ? "FOREIGN_NODE" : "UNKNOWN_NODE", nodeId, "is not in this tree");
      }
    }
    patch.upsert().forEach(draft -> draft(draft, removed));
    List<MicrogridNode> nodes = new ArrayList<>(site.tree().nodes().size());
    for (MicrogridNode node : site.tree().nodes()) {
      MicrogridNode now = drafted.remove(node.nodeId());
      if (now != null || !removed.contains(node.nodeId())) {
        nodes.add(now == null ? node : now);
      }
    }
    nodes.addAll(drafted.values());
    return nodes;
  }

  private void draft(NodeDraft draft, Set<UUID> removed) {
    boolean twice = drafted.put(draft.nodeId(), node(draft)) != null;
    if (twice || removed.contains(draft.nodeId())) {
      report("DUPLICATE_NODE", draft.nodeId(), "is in the edit twice");
    }
  }

  private boolean owned(UUID nodeId) {
    return owners.of(nodeId).filter(owner -> !owner.equals(site.id())).isPresent();
  }

  private MicrogridNode node(NodeDraft draft) {
    if (site.node(draft.nodeId()).isEmpty() && owned(draft.nodeId())) {
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

  private Outcome<EditReply> apply(
      EditTopology question, Tree after, List<UUID> removed, Instant now) {
    Tree before = site.tree();
    List<UUID> added = missing(after, before);
    List<UUID> changed = changed(before, after);
    int version = site.microgrid().version();
    if (added.isEmpty() && removed.isEmpty() && changed.isEmpty()) {
      return Outcome.unchanged(new EditReply.Edited(site.id(), version, added, removed, changed));
    }
    List<NodeLimit> limits = LimitSet.of(before, after.nodes(), LimitSet.set(before.limits()), now);
    StoredSite next = site.edited(after.with(limits, site.assets().meters(after.nodes())));
    return Outcome.changed(
        new EditReply.Edited(site.id(), version + 1, added, removed, changed),
        next,
        Events.updated(next, new Author(question.actor(), question.correlationId()), now));
  }

  private static List<UUID> changed(Tree before, Tree after) {
    List<UUID> changed = new ArrayList<>();
    for (MicrogridNode node : before.nodes()) {
      Optional<MicrogridNode> now = after.find(node.nodeId());
      if (now.isPresent() && now.get() != node && !now.get().equals(node)) {
        changed.add(node.nodeId());
      }
    }
    return changed;
  }
}
