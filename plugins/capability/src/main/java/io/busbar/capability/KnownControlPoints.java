package io.busbar.capability;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Control points of every microgrid that was asked about, kept until one of them changes. One that
 * is not found is asked for again, because the news of it may still be on their way.
 */
final class KnownControlPoints {

  private final Bus bus;
  private final Map<UUID, Future<Map<UUID, ControlPoint>>> bySite = new ConcurrentHashMap<>();

  KnownControlPoints(Bus bus) {
    this.bus = bus;
  }

  /** Something changed there. */
  void forget(UUID microgridId) {
    bySite.remove(microgridId);
  }

  /**
   * The control point that a status is about; empty when there is none. Fails while topology does
   * not answer.
   */
  Future<Optional<ControlPoint>> find(RecordStatus status) {
    return status.controlPointId().isPresent()
        ? find(status.microgridId(), status.controlPointId().get())
        : find(status.microgridId(), points -> whole(points, status));
  }

  /** The same, as topology says now. */
  Future<Optional<ControlPoint>> findAnew(RecordStatus status) {
    forget(status.microgridId());
    return find(status);
  }

  /** One by its id. */
  Future<Optional<ControlPoint>> find(UUID microgridId, UUID controlPointId) {
    return find(microgridId, points -> Optional.ofNullable(points.get(controlPointId)));
  }

  private static Optional<ControlPoint> whole(Map<UUID, ControlPoint> points, RecordStatus status) {
    return points.values().stream()
        .filter(point -> point.nodeId().isEmpty())
        .filter(point -> status.capabilityType().equals(Optional.of(point.capabilityType())))
        .filter(point -> point.state() == ControlPoint.State.enabled)
        .findFirst();
  }

  private Future<Optional<ControlPoint>> find(
      UUID microgridId, Function<Map<UUID, ControlPoint>, Optional<ControlPoint>> choice) {
    Future<Map<UUID, ControlPoint>> known = bySite.get(microgridId);
    return known == null
        ? of(microgridId).map(choice)
        : known
            .map(choice)
            .compose(
                found ->
                    found.isPresent() ? known.map(found) : again(microgridId, known).map(choice));
  }

  /** Asked after the moment in which {@code known} turned out not to have it. */
  private Future<Map<UUID, ControlPoint>> again(
      UUID microgridId, Future<Map<UUID, ControlPoint>> known) {
    bySite.remove(microgridId, known);
    return of(microgridId);
  }

  private Future<Map<UUID, ControlPoint>> of(UUID microgridId) {
    Promise<Map<UUID, ControlPoint>> asked = Promise.promise();
    Future<Map<UUID, ControlPoint>> other = bySite.putIfAbsent(microgridId, asked.future());
    if (other != null) {
      return other;
    }
    asked.future().onFailure(fault -> bySite.remove(microgridId, asked.future()));
    ask(microgridId).onComplete(asked);
    return asked.future();
  }

  private Future<Map<UUID, ControlPoint>> ask(UUID microgridId) {
    return bus.ask(TopologyAddresses.CONTROL_POINTS.at(microgridId), new ListControlPoints())
        .map(
            list -> {
              Map<UUID, ControlPoint> points = new HashMap<>();
              list.controlPoints().forEach(point -> points.put(point.controlPointId(), point));
              return points;
            })
        .recover(
            fault ->
                BusException.isAbsence(fault) ? nobody(microgridId) : Future.failedFuture(fault));
  }

  /** Either there is no such microgrid, or topology is not there to answer for it. */
  private Future<Map<UUID, ControlPoint>> nobody(UUID microgridId) {
    forget(microgridId);
    return bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .compose(
            list ->
                list.sites().stream().anyMatch(site -> site.microgridId().equals(microgridId))
                    ? Future.failedFuture("topology does not answer for " + microgridId + " yet")
                    : Future.succeededFuture(Map.of()));
  }
}
