package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.documents.Document;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an import or a resync makes of a site. Decides only; storing it is somebody else's business.
 *
 * @param site the site afterwards
 * @param changed whether anything differs from before; only then did the version rise
 * @param added nodes that are new
 * @param removed nodes that are gone
 * @param unchanged nodes that stayed
 */
record SiteChange(
    StoredSite site, boolean changed, List<UUID> added, List<UUID> removed, List<UUID> unchanged) {

  /** Puts a site in the place of what is known of its depot; the same once more changes nothing. */
  static SiteChange of(Document document, Site site, Optional<StoredSite> previous, Instant now) {
    StoredAssets assets = StoredAssets.of(document, site);
    boolean same =
        previous.filter(p -> p.assets().document().equals(assets.document())).isPresent();
    return same ? unchanged(previous.get()) : between(previous, assets, now);
  }

  /** Derives the tree of a stored site anew from its assets. */
  static SiteChange resync(StoredSite stored, Instant now) {
    return between(Optional.of(stored), stored.assets(), now);
  }

  private static SiteChange unchanged(StoredSite site) {
    List<UUID> nodes = site.tree().nodes().stream().map(MicrogridNode::nodeId).toList();
    return new SiteChange(site, false, List.of(), List.of(), nodes);
  }

  private static SiteChange between(
      Optional<StoredSite> previous, StoredAssets assets, Instant now) {
    Tree before = previous.map(StoredSite::tree).orElse(Tree.EMPTY);
    List<MicrogridNode> nodes = nodes(previous, assets.site());
    List<NodeLimit> set = LimitSet.set(before.limits());
    Tree after = new Tree(nodes, LimitSet.of(before, nodes, set, now), assets.meters(nodes));
    boolean changed =
        previous.isEmpty()
            || !previous.get().assets().document().equals(assets.document())
            || !before.equals(after);
    int version = previous.map(p -> p.microgrid().version()).orElse(0) + (changed ? 1 : 0);
    long revision = previous.map(StoredSite::revision).orElse(0L) + (changed ? 1 : 0);
    List<ControlPoint> points = previous.map(StoredSite::controlPoints).orElse(List.of());
    Set<UUID> old = ids(before);
    Set<UUID> kept = ids(after);
    return new SiteChange(
        new StoredSite(microgrid(assets.site(), version), revision, assets, after, points),
        changed,
        after.nodes().stream().map(MicrogridNode::nodeId).filter(id -> !old.contains(id)).toList(),
        before.nodes().stream()
            .map(MicrogridNode::nodeId)
            .filter(id -> !kept.contains(id))
            .toList(),
        after.nodes().stream().map(MicrogridNode::nodeId).filter(old::contains).toList());
  }

  private static List<MicrogridNode> nodes(Optional<StoredSite> previous, Site site) {
    if (previous.isEmpty()) {
      return TreeDerivation.derive(site, List.of());
    }
    List<MicrogridNode> edited = previous.get().tree().nodes();
    List<MicrogridNode> before = TreeDerivation.derive(previous.get().assets().site(), edited);
    return TreeMerge.merge(edited, before, TreeDerivation.derive(site, edited));
  }

  private static Microgrid microgrid(Site site, int version) {
    SiteIds ids = new SiteIds(site.depot().id());
    return new Microgrid(
        ids.microgridId(), ids.depotId(), site.depot().name(), site.depot().timeZone(), version);
  }

  private static Set<UUID> ids(Tree tree) {
    return tree.nodes().stream().map(MicrogridNode::nodeId).collect(Collectors.toSet());
  }
}
