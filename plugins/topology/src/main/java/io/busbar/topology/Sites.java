package io.busbar.topology;

import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.SiteReply;
import io.busbar.topology.TreeInvariants.Owners;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Every site as it is stored, in memory, so that reading goes on when the database is away. */
final class Sites {

  private final SiteStore store;
  private final Consumer<Microgrid> onNew;
  private final Map<UUID, StoredSite> byDepot = new ConcurrentHashMap<>();

  /**
   * Empty.
   *
   * @param onNew told once of every microgrid, as soon as it can be read
   */
  Sites(SiteStore store, Consumer<Microgrid> onNew) {
    this.store = store;
    this.onNew = onNew;
  }

  void load() {
    store.load().forEach(this::keep);
  }

  SiteList list(ListSites question) {
    List<Microgrid> sites =
        byDepot.values().stream()
            .map(StoredSite::microgrid)
            .sorted(Comparator.comparing(Microgrid::name).thenComparing(Microgrid::microgridId))
            .toList();
    return new SiteList(sites);
  }

  SiteReply get(GetSite question) {
    return find(question.depotId())
        .<SiteReply>map(site -> new SiteReply.Found(site.microgrid(), site.assets().document()))
        .orElseGet(() -> new SiteReply.NotFound(question.depotId()));
  }

  Optional<StoredSite> find(UUID depotId) {
    return Optional.ofNullable(byDepot.get(depotId));
  }

  /** Knows every node of every site. */
  Owners owners() {
    return nodeId ->
        byDepot.values().stream()
            .filter(site -> site.node(nodeId).isPresent())
            .map(StoredSite::id)
            .findFirst();
  }

  /** Catches up with a change that was stored without being seen here, such as another node's. */
  void refresh(UUID microgridId, int version) {
    boolean current =
        byDepot.values().stream()
            .map(StoredSite::microgrid)
            .filter(known -> known.microgridId().equals(microgridId))
            .anyMatch(known -> known.version() >= version);
    if (!current) {
      load();
    }
  }

  /** Two changes may come back in either order; the later revision stays. */
  void keep(StoredSite site) {
    UUID depotId = site.microgrid().depotId();
    boolean known = byDepot.containsKey(depotId);
    byDepot.merge(depotId, site, (old, found) -> found.revision() >= old.revision() ? found : old);
    if (!known) {
      onNew.accept(site.microgrid());
    }
  }
}
