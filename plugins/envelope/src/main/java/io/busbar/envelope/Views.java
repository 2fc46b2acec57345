package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Trees of sites as topology knows them, kept as long as nothing says that they changed. */
final class Views {

  private final Bus bus;
  private final Map<UUID, SiteView> known = new ConcurrentHashMap<>();

  Views(Bus bus) {
    this.bus = bus;
  }

  /** What is known by now. */
  Map<UUID, SiteView> known() {
    return known;
  }

  /** The tree of a site; asked for unless it is known. */
  Future<SiteView> of(UUID microgridId) {
    SiteView view = known.get(microgridId);
    return view == null ? renew(microgridId) : Future.succeededFuture(view);
  }

  /** Asks anew. */
  Future<SiteView> renew(UUID microgridId) {
    return bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .compose(
            snapshot ->
                bus.ask(TopologyAddresses.CONTROL_POINTS.at(microgridId), new ListControlPoints())
                    .map(list -> new SiteView(snapshot, list.controlPoints())))
        .onSuccess(view -> known.put(microgridId, view));
  }

  /**
   * The tree of a site, asked for again when it lacks what is looked for: what was made a moment
   * ago may not have been heard of yet.
   */
  Future<SiteView> knowing(UUID microgridId, UUID nodeOrControlPoint) {
    return of(microgridId)
        .compose(
            view ->
                view.node(nodeOrControlPoint).isPresent()
                        || view.controlPoint(nodeOrControlPoint).isPresent()
                    ? Future.succeededFuture(view)
                    : renew(microgridId));
  }
}
