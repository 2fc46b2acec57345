package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;

/** Messages in, messages out; {@link Sites} and {@link SiteDesk} know the answers. */
final class TopologyVerticle extends AbstractVerticle {

  /** Whoever keeps envelopes starts after topology. */
  private static final Future<Set<UUID>> NONE = Future.succeededFuture(Set.of());

  private final PluginContext context;
  private final Bus bus;
  private final Measured measured;
  private SiteStore store;
  private Sites sites;
  private final Enveloped enveloped;
  private SiteDesk desk;

  TopologyVerticle(PluginContext context) {
    this.context = context;
    this.bus = context.bus();
    this.measured = new Measured(context.clock());
    this.enveloped = new Enveloped(bus);
  }

  @Override
  public void start() {
    store = openStore();
    sites = new Sites(store, this::answerFor);
    desk = new SiteDesk(sites, store, context.clock());
    sites.load();
    bus.answerLater(TopologyAddresses.IMPORT_SITE, this::importSite);
    bus.answer(TopologyAddresses.RESYNC, desk::resync);
    bus.answer(TopologyAddresses.LIST_SITES, sites::list);
    bus.answer(TopologyAddresses.GET_SITE, sites::get);
    bus.hear(TopologyAddresses.UPDATED, e -> sites.refresh(e.microgridId(), e.version()));
    bus.hear(FieldAddresses.READINGS, measured::hear);
    new SiteFiles(context.configFolder(), context.health())
        .importAll(
            TopologyConfig.from(context.config()).sites(),
            question -> desk.importSite(question, id -> NONE).await());
  }

  private SiteStore openStore() {
    return context
        .database()
        .<SiteStore>map(access -> PostgresSiteStore.open(vertx, access, context))
        .orElseGet(() -> new MemorySiteStore(bus, context.clock()));
  }

  private Future<ImportReply> importSite(ImportSite question) {
    return desk.importSite(question, enveloped::of);
  }

  private void answerFor(Microgrid microgrid) {
    UUID id = microgrid.microgridId();
    UUID depot = microgrid.depotId();
    bus.answer(TopologyAddresses.SNAPSHOT.at(id), question -> site(depot).snapshot());
    bus.answerLater(
        TopologyAddresses.EDIT.at(id),
        question -> enveloped.of(id).map(nodes -> desk.edit(depot, question, nodes)));
    bus.answer(TopologyAddresses.SNAPSHOT_AT.at(id), question -> desk.at(microgrid, question));
    bus.answer(TopologyAddresses.DIFF.at(id), question -> desk.diff(microgrid, question));
    bus.answer(TopologyAddresses.SET_NODE_LIMIT.at(id), question -> desk.setLimit(depot, question));
    bus.answer(
        TopologyAddresses.SAVE_CONTROL_POINT.at(id),
        question -> desk.saveControlPoint(depot, question));
    bus.answer(
        TopologyAddresses.CONTROL_POINTS.at(id),
        question -> new ControlPointList(site(depot).controlPoints()));
    bus.answer(
        TopologyAddresses.COLLECTION.at(id),
        question -> NodeQuery.answer(site(depot), question, measured::at));
  }

  private StoredSite site(UUID depotId) {
    return sites.find(depotId).orElseThrow();
  }

  @Override
  public void stop() {
    store.close();
  }
}
