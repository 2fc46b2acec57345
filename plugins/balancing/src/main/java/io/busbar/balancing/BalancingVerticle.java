package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Readings;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.AbstractVerticle;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in, messages out: keeps one {@link SiteRunner} per microgrid. */
final class BalancingVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(BalancingVerticle.class);

  private final PluginContext context;
  private final Bus bus;
  private final BalancingConfig config;
  private final Map<UUID, SiteRunner> sites = new ConcurrentHashMap<>();
  private History history;

  BalancingVerticle(PluginContext context) {
    this.context = context;
    this.bus = context.bus();
    this.config = BalancingConfig.from(context.config());
  }

  @Override
  public void start() {
    history = openHistory();
    bus.hear(KernelAddresses.READY, ready -> begin());
    bus.hear(TopologyAddresses.UPDATED, updated -> follow(updated.microgridId()));
    bus.hear(FieldAddresses.READINGS, this::take);
    bus.hear(FieldAddresses.SESSION, this::take);
  }

  private History openHistory() {
    return context
        .database()
        .<History>map(access -> new PostgresHistory(vertx, access, context, config.historyDays()))
        .orElseGet(() -> new MemoryHistory(bus));
  }

  private void begin() {
    bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .onSuccess(list -> list.sites().stream().map(Microgrid::microgridId).forEach(this::follow))
        .onFailure(fault -> context.restart(fault));
  }

  private void follow(UUID microgridId) {
    bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .onSuccess(snapshot -> adopt(microgridId, snapshot))
        .onFailure(fault -> LOG.warn("no topology of {}: {}", microgridId, fault.getMessage()));
  }

  private void adopt(UUID microgridId, TopologySnapshot snapshot) {
    SiteRunner known = sites.get(microgridId);
    if (known != null) {
      known.adopt(snapshot);
    } else {
      SiteRunner runner = new SiteRunner(context, config, history, snapshot);
      sites.put(microgridId, runner);
      runner.start(sites.size() - 1);
    }
  }

  private void take(Readings readings) {
    SiteRunner site = sites.get(readings.microgridId());
    if (site != null) {
      site.take(readings);
    }
  }

  private void take(ChargingSession session) {
    SiteRunner site = sites.get(session.microgridId());
    if (site != null) {
      site.take(session);
    }
  }

  @Override
  public void stop() {
    history.close();
  }
}
