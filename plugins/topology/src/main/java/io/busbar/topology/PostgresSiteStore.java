package io.busbar.topology;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.Topic;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.VersionReply;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.busbar.topology.Outcome.Telling;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps sites in PostgreSQL, each change in one transaction with its audit and its events. */
final class PostgresSiteStore implements SiteStore {

  /** One change of a depot at a time, the first included, for which there is no row to lock. */
  private static final String LOCK = "select pg_advisory_xact_lock(hashtext($1), 2)";

  private final Store store;
  private final PluginContext context;

  private PostgresSiteStore(Store store, PluginContext context) {
    this.store = store;
    this.context = context;
  }

  static PostgresSiteStore open(Vertx vertx, DatabaseAccess access, PluginContext context) {
    ClassLoader migrations = PostgresSiteStore.class.getClassLoader();
    List<Topic<?>> topics =
        List.of(
            TopologyAddresses.UPDATED,
            TopologyAddresses.NODE_LIMIT_UPDATED,
            TopologyAddresses.CONTROL_POINT_UPDATED);
    return new PostgresSiteStore(Store.open(vertx, access, context, migrations, topics), context);
  }

  @Override
  public List<StoredSite> load() {
    return store.transaction(tx -> SiteRows.read(tx, Optional.empty()));
  }

  @Override
  public <R> R change(
      UUID depotId,
      Author author,
      Supplier<Optional<StoredSite>> known,
      Function<Optional<StoredSite>, Outcome<R>> decision,
      Consumer<StoredSite> stored) {
    return store
        .transaction(
            tx -> {
              tx.query(LOCK, depotId.toString());
              Optional<StoredSite> previous = previous(tx, depotId, known);
              Outcome<R> outcome = decision.apply(previous);
              outcome.site().ifPresent(site -> write(tx, previous, site, author));
              outcome.tellings().forEach(telling -> tell(tx, telling, author));
              return outcome;
            },
            outcome -> outcome.site().ifPresent(stored),
            () -> readAnew(depotId).forEach(stored))
        .reply();
  }

  /** Waits for the depot's lock, which a commit that is still under way has. */
  private List<StoredSite> readAnew(UUID depotId) {
    return store.transaction(
        tx -> {
          tx.query(LOCK, depotId.toString());
          return SiteRows.read(tx, Optional.of(depotId));
        });
  }

  /** What is known serves as long as nobody else has changed the site. */
  private static Optional<StoredSite> previous(
      Transaction tx, UUID depotId, Supplier<Optional<StoredSite>> known) {
    Optional<Long> revision = SiteRows.revision(tx, depotId);
    Optional<StoredSite> current =
        known.get().filter(site -> revision.filter(r -> r == site.revision()).isPresent());
    return current.isPresent() || revision.isEmpty()
        ? current
        : SiteRows.read(tx, Optional.of(depotId)).stream().findFirst();
  }

  private void write(
      Transaction tx, Optional<StoredSite> previous, StoredSite site, Author author) {
    Instant now = context.clock().instant();
    SiteRows.write(tx, previous, site);
    HistoryRows.write(tx, previous, site, author, now);
  }

  private <E> void tell(Transaction tx, Telling<E> telling, Author author) {
    Cause cause =
        new Cause(
            telling.eventId(),
            telling.occurredAt(),
            author.actor(),
            context.pluginId(),
            author.correlationId());
    tx.tell(telling.topic(), telling.event(), cause);
  }

  @Override
  public Optional<VersionReply.Found> at(UUID microgridId, int version) {
    return HistoryRows.read(store, microgridId, version);
  }

  @Override
  public void close() {
    store.close();
  }
}
