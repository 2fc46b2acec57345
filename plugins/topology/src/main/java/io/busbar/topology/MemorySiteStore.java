package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologyUpdated;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps sites as long as the process lives, for runs without a database. */
final class MemorySiteStore implements SiteStore {

  private final Map<UUID, StoredSite> sites = new ConcurrentHashMap<>();
  private final Bus bus;
  private final Clock clock;

  MemorySiteStore(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public List<StoredSite> load() {
    return List.copyOf(sites.values());
  }

  @Override
  public synchronized SiteChange change(
      UUID depotId,
      Author author,
      Function<Optional<StoredSite>, SiteChange> decision,
      Consumer<StoredSite> stored) {
    SiteChange change = decision.apply(Optional.ofNullable(sites.get(depotId)));
    sites.put(depotId, change.site());
    stored.accept(change.site());
    if (change.changed()) {
      TopologyUpdated event = Events.updated(change.site().microgrid(), author, clock.instant());
      bus.tell(TopologyAddresses.UPDATED.at(event.microgridId()), event);
    }
    return change;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
