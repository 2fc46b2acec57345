package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Readings;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.record.History;
import io.busbar.balancing.state.StateStore;
import io.vertx.core.AbstractVerticle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in, messages out: keeps one {@link SiteRunner} per microgrid. */
final class BalancingVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(BalancingVerticle.class);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
  private static final int EARLY_SESSIONS = 100_000;
  private static final String SITES = "sites";

  private final PluginContext context;
  private final Bus bus;
  private final BalancingConfig config;
  private final History history;
  private final SiteMeters meters;
  private final StateStore state;
  private final Map<UUID, SiteRunner> sites = new HashMap<>();

  /** Sites whose tree is being asked for, and whether it has changed since. */
  private final Map<UUID, Boolean> asking = new HashMap<>();

  /** Sites that were there at the start and are not balanced yet. */
  private final Set<UUID> missing = new HashSet<>();

  private boolean isListed;

  /** Sessions of sites whose tree is not known yet: they are not told a second time. */
  private final List<ChargingSession> early = new ArrayList<>();

  BalancingVerticle(
      PluginContext context, BalancingConfig config, History history, StateStore state) {
    this.context = context;
    this.bus = context.bus();
    this.config = config;
    this.history = history;
    this.meters = new SiteMeters(context.metrics());
    this.state = state;
  }

  @Override
  public void start() {
    context.health().report(SITES, Health.Status.STARTING, "trees of sites are not known yet");
    bus.hear(KernelAddresses.READY, ready -> findSites());
    bus.hear(TopologyAddresses.UPDATED, updated -> follow(updated.microgridId()));
    bus.hear(TopologyAddresses.NODE_LIMIT_UPDATED, updated -> follow(updated.microgridId()));
    bus.hear(FieldAddresses.READINGS, this::take);
    bus.hear(FieldAddresses.SESSION, this::take);
  }

  private void findSites() {
    bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .onSuccess(this::begin)
        .onFailure(fault -> again("the list of sites", fault, this::findSites));
  }

  private void begin(SiteList list) {
    List<UUID> found = list.sites().stream().map(Microgrid::microgridId).toList();
    isListed = true;
    missing.addAll(found);
    missing.removeAll(sites.keySet());
    reportWhenWhole();
    found.forEach(this::follow);
  }

  private void reportWhenWhole() {
    if (isListed && missing.isEmpty()) {
      context.health().report(SITES, Health.Status.UP, "");
    }
  }

  /** Asks once for whatever changed until the answer comes, and once more for what did after. */
  private void follow(UUID microgridId) {
    if (asking.containsKey(microgridId)) {
      asking.put(microgridId, true);
      return;
    }
    asking.put(microgridId, false);
    bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .onSuccess(
            topology -> {
              boolean changed = asking.remove(microgridId);
              adopt(topology);
              if (changed) {
                follow(microgridId);
              }
            })
        .onFailure(
            fault -> {
              asking.remove(microgridId);
              again("site " + microgridId, fault, () -> follow(microgridId));
            });
  }

  private void again(String what, Throwable fault, Runnable retry) {
    LOG.warn("{} is asked for again in {}: {}", what, ASK_AGAIN, fault.getMessage());
    context.scheduler().after(ASK_AGAIN, retry);
  }

  private void adopt(TopologySnapshot topology) {
    UUID microgridId = topology.microgrid().microgridId();
    SiteRunner known = sites.get(microgridId);
    if (known != null) {
      known.adopt(topology);
      return;
    }
    SiteRunner site = new SiteRunner(context, config, history, meters, state, topology);
    sites.put(microgridId, site);
    new Answers(site, history).register(bus);
    new StateAnswers(site, state, context.clock()).register(bus);
    early.stream().filter(told -> told.microgridId().equals(microgridId)).forEach(site::take);
    early.removeIf(told -> told.microgridId().equals(microgridId));
    site.start();
    missing.remove(microgridId);
    reportWhenWhole();
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
    } else if (early.size() < EARLY_SESSIONS) {
      early.add(session);
    }
  }
}
