package io.busbar.topology;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.Topic;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps sites in PostgreSQL, each change in one transaction with its audit and its event. */
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
    List<Topic<?>> topics = List.of(TopologyAddresses.UPDATED);
    return new PostgresSiteStore(Store.open(vertx, access, context, migrations, topics), context);
  }

  @Override
  public List<StoredSite> load() {
    return store.transaction(tx -> SiteRows.read(tx, Optional.empty()));
  }

  @Override
  public SiteChange change(
      UUID depotId,
      Author author,
      Function<Optional<StoredSite>, SiteChange> decision,
      Consumer<StoredSite> stored) {
    return store.transaction(
        tx -> {
          tx.query(LOCK, depotId.toString());
          Optional<StoredSite> previous =
              SiteRows.read(tx, Optional.of(depotId)).stream().findFirst();
          SiteChange change = decision.apply(previous);
          if (change.changed()) {
            SiteRows.write(tx, change.site(), previous.map(p -> p.microgrid().version()));
            tell(tx, change.site().microgrid(), author);
          }
          return change;
        },
        change -> stored.accept(change.site()));
  }

  private void tell(Transaction tx, Microgrid microgrid, Author author) {
    TopologyUpdated event = Events.updated(microgrid, author, context.clock().instant());
    Cause cause =
        new Cause(
            event.eventId(),
            event.occurredAt(),
            author.actor(),
            context.pluginId(),
            author.correlationId());
    tx.tell(TopologyAddresses.UPDATED.at(microgrid.microgridId()), event, cause);
  }

  @Override
  public void close() {
    store.close();
  }
}
