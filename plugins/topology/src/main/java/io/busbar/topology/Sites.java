package io.busbar.topology;

import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.Resync;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.topology.SiteStore.Author;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Answers questions about sites from memory and puts changes through the store first, so that
 * reading goes on when the database is away.
 */
final class Sites {

  private final SiteStore store;
  private final Clock clock;
  private final Consumer<Microgrid> onNew;
  private final Map<UUID, StoredSite> byDepot = new ConcurrentHashMap<>();

  /**
   * @param onNew told once of every microgrid, as soon as it can be read
   */
  Sites(SiteStore store, Clock clock, Consumer<Microgrid> onNew) {
    this.store = store;
    this.clock = clock;
    this.onNew = onNew;
  }

  void load() {
    store.load().forEach(this::keep);
  }

  ImportReply importSite(ImportSite question) {
    return switch (SiteText.read(question.name(), question.text(), question.depotId())) {
      case SiteText.Reading.Bad bad -> new ImportReply.Refused(bad.problems());
      case SiteText.Reading.Good good -> {
        UUID depotId = new SiteIds(good.site().depot().id()).depotId();
        Author author = new Author(question.actor(), question.correlationId());
        SiteChange change =
            store.change(
                depotId,
                author,
                previous -> SiteChange.of(good.document(), good.site(), previous, clock.instant()),
                this::keep);
        yield imported(change);
      }
    };
  }

  private static ImportReply imported(SiteChange change) {
    Microgrid microgrid = change.site().microgrid();
    return new ImportReply.Imported(
        microgrid.depotId(),
        microgrid.microgridId(),
        microgrid.version(),
        change.changed(),
        change.added(),
        change.removed(),
        change.unchanged().size());
  }

  ResyncReply resync(Resync question) {
    if (!byDepot.containsKey(question.depotId())) {
      return new ResyncReply.NotFound(question.depotId());
    }
    SiteChange change =
        store.change(
            question.depotId(),
            new Author(question.actor(), question.correlationId()),
            previous -> SiteChange.resync(previous.orElseThrow(), clock.instant()),
            this::keep);
    Microgrid microgrid = change.site().microgrid();
    return new ResyncReply.Resynced(
        microgrid.microgridId(),
        microgrid.version(),
        change.added(),
        change.removed(),
        change.unchanged());
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
        .<SiteReply>map(site -> new SiteReply.Found(site.microgrid(), site.assets()))
        .orElseGet(() -> new SiteReply.NotFound(question.depotId()));
  }

  Optional<StoredSite> find(UUID depotId) {
    return Optional.ofNullable(byDepot.get(depotId));
  }

  /** Catches up with a change that was stored without being seen here, such as another node's. */
  void refresh(TopologyUpdated event) {
    boolean current =
        byDepot.values().stream()
            .map(StoredSite::microgrid)
            .filter(known -> known.microgridId().equals(event.microgridId()))
            .anyMatch(known -> known.version() >= event.version());
    if (!current) {
      load();
    }
  }

  /** Two changes may come back in either order; the later version stays. */
  private void keep(StoredSite site) {
    UUID depotId = site.microgrid().depotId();
    boolean known = byDepot.containsKey(depotId);
    byDepot.merge(
        depotId,
        site,
        (old, found) -> found.microgrid().version() >= old.microgrid().version() ? found : old);
    if (!known) {
      onNew.accept(site.microgrid());
    }
  }
}
