package io.busbar.simulator;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.AbstractVerticle;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in, messages out: keeps one {@link SimulatedSite} per microgrid. */
final class SimulatorVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorVerticle.class);

  private final PluginContext context;
  private final Bus bus;
  private final SimulatorConfig config;
  private final Map<UUID, SimulatedSite> sites = new ConcurrentHashMap<>();

  SimulatorVerticle(PluginContext context) {
    this.context = context;
    this.bus = context.bus();
    this.config = SimulatorConfig.from(context.config());
  }

  @Override
  public void start() {
    bus.hear(KernelAddresses.READY, ready -> begin());
    bus.hear(TopologyAddresses.UPDATED, updated -> follow(updated.microgridId()));
  }

  private void begin() {
    bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .onSuccess(list -> list.sites().stream().map(Microgrid::microgridId).forEach(this::follow))
        .onFailure(context::restart);
  }

  private void follow(UUID microgridId) {
    bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .onSuccess(snapshot -> simulateOrRestart(microgridId, snapshot))
        .onFailure(fault -> LOG.warn("no topology of {}: {}", microgridId, fault.getMessage()));
  }

  /** A port that is taken may be free later; a driver that is not there may be put there. */
  private void simulateOrRestart(UUID microgridId, TopologySnapshot snapshot) {
    try {
      simulate(microgridId, snapshot);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      context.restart(e);
    }
  }

  /** A site that changed goes on with its vehicles. */
  private void simulate(UUID microgridId, TopologySnapshot snapshot) {
    SimulatedSite known = sites.get(microgridId);
    if (known == null) {
      sites.put(microgridId, new SimulatedSite(context, config, snapshot));
    } else if (known.version() != snapshot.microgrid().version()) {
      known.changedTo(snapshot);
    }
  }

  @Override
  public void stop() {
    sites.values().forEach(SimulatedSite::close);
  }
}
