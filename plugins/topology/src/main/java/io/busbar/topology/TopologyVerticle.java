package io.busbar.topology;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.AbstractVerticle;

/** Messages in, messages out; {@link Sites} knows the answers. */
final class TopologyVerticle extends AbstractVerticle {

  private final PluginContext context;
  private final Bus bus;
  private SiteStore store;
  private Sites sites;

  TopologyVerticle(PluginContext context) {
    this.context = context;
    this.bus = context.bus();
  }

  @Override
  public void start() {
    store = openStore();
    sites = new Sites(store, context.clock(), this::answerSnapshots);
    sites.load();
    bus.answer(TopologyAddresses.IMPORT_SITE, sites::importSite);
    bus.answer(TopologyAddresses.RESYNC, sites::resync);
    bus.answer(TopologyAddresses.LIST_SITES, sites::list);
    bus.answer(TopologyAddresses.GET_SITE, sites::get);
    bus.hear(TopologyAddresses.UPDATED, sites::refresh);
    new SiteFiles(context.configFolder(), context.health())
        .importAll(TopologyConfig.from(context.config()).sites(), sites::importSite);
  }

  private SiteStore openStore() {
    return context
        .database()
        .<SiteStore>map(access -> PostgresSiteStore.open(vertx, access, context))
        .orElseGet(() -> new MemorySiteStore(bus, context.clock()));
  }

  private void answerSnapshots(Microgrid microgrid) {
    bus.answer(
        TopologyAddresses.SNAPSHOT.at(microgrid.microgridId()),
        question -> sites.find(microgrid.depotId()).orElseThrow().snapshot());
  }

  @Override
  public void stop() {
    store.close();
  }
}
