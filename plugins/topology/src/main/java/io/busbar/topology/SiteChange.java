package io.busbar.topology;

import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.documents.Document;
import io.busbar.wire.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /** Puts a site in the place of what is known of its depot. */
  static SiteChange of(Document document, Site site, Optional<StoredSite> previous, Instant now) {
    Tree before = previous.map(StoredSite::tree).orElse(Tree.EMPTY);
    Tree after = TreeDerivation.derive(site, before, now);
    Map<String, Object> assets = assets(document);
    boolean changed =
        previous.isEmpty() || !previous.get().assets().equals(assets) || !before.equals(after);
    int version = previous.map(p -> p.microgrid().version()).orElse(0) + (changed ? 1 : 0);
    Set<UUID> old = ids(before);
    Set<UUID> kept = ids(after);
    return new SiteChange(
        new StoredSite(microgrid(site, version), assets, after),
        changed,
        after.nodes().stream().map(MicrogridNode::nodeId).filter(id -> !old.contains(id)).toList(),
        before.nodes().stream()
            .map(MicrogridNode::nodeId)
            .filter(id -> !kept.contains(id))
            .toList(),
        after.nodes().stream().map(MicrogridNode::nodeId).filter(old::contains).toList());
  }

  /** Derives the tree of a stored site anew from its assets. */
  static SiteChange resync(StoredSite stored, Instant now) {
    SiteText.Reading reading =
        SiteText.read(stored.microgrid().name(), json(stored), Optional.empty());
    return switch (reading) {
      case SiteText.Reading.Good good -> of(good.document(), good.site(), Optional.of(stored), now);
      case SiteText.Reading.Bad bad ->
          throw new IllegalStateException("stored assets break a rule: " + bad.problems());
    };
  }

  private static String json(StoredSite stored) {
    return RecordJson.encode(stored.assets());
  }

  private static Microgrid microgrid(Site site, int version) {
    SiteIds ids = new SiteIds(site.depot().id());
    return new Microgrid(
        ids.microgridId(), ids.depotId(), site.depot().name(), site.depot().timeZone(), version);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> assets(Document document) {
    return RecordJson.mapper().convertValue(document.root(), Map.class);
  }

  private static Set<UUID> ids(Tree tree) {
    return tree.nodes().stream().map(MicrogridNode::nodeId).collect(Collectors.toSet());
  }
}
