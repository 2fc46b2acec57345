package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.VersionReply;
import io.busbar.topology.Outcome.Telling;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps sites as long as the process lives, for runs without a database. */
final class MemorySiteStore implements SiteStore {

  private record Version(UUID microgridId, int number) {}

  private final Map<UUID, StoredSite> sites = new ConcurrentHashMap<>();
  private final Map<Version, VersionReply.Found> versions = new ConcurrentHashMap<>();
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
  public synchronized <R> R change(
      UUID depotId,
      Author author,
      Supplier<Optional<StoredSite>> known,
      Function<Optional<StoredSite>, Outcome<R>> decision,
      Consumer<StoredSite> stored) {
    Outcome<R> outcome = decision.apply(Optional.ofNullable(sites.get(depotId)));
    outcome
        .site()
        .ifPresent(
            site -> {
              sites.put(depotId, site);
              remember(site, author);
              stored.accept(site);
            });
    outcome.tellings().forEach(this::tell);
    return outcome.reply();
  }

  private void remember(StoredSite site, Author author) {
    Version version = new Version(site.id(), site.microgrid().version());
    List<NodeDraft> nodes = site.tree().nodes().stream().map(NodeDraft::of).toList();
    versions.putIfAbsent(
        version, new VersionReply.Found(version.number(), clock.instant(), author.actor(), nodes));
  }

  private <E> void tell(Telling<E> telling) {
    bus.tell(telling.topic(), telling.event());
  }

  @Override
  public Optional<VersionReply.Found> at(UUID microgridId, int version) {
    return Optional.ofNullable(versions.get(new Version(microgridId, version)));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
