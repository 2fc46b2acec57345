package io.busbar.capability;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Control points of every microgrid that was asked about, kept until one of them changes. */
final class KnownControlPoints {

  private final Bus bus;
  private final Map<UUID, Map<UUID, ControlPoint>> bySite = new ConcurrentHashMap<>();

  KnownControlPoints(Bus bus) {
    this.bus = bus;
  }

  /** Something changed there. */
  void forget(UUID microgridId) {
    bySite.remove(microgridId);
  }

  /** The control point that a status is about; empty when there is none. */
  Future<Optional<ControlPoint>> find(RecordStatus status) {
    return of(status.microgridId()).map(points -> find(points, status));
  }

  /** One by its id. */
  Future<Optional<ControlPoint>> find(UUID microgridId, UUID controlPointId) {
    return of(microgridId).map(points -> Optional.ofNullable(points.get(controlPointId)));
  }

  private static Optional<ControlPoint> find(Map<UUID, ControlPoint> points, RecordStatus status) {
    if (status.controlPointId().isPresent()) {
      return Optional.ofNullable(points.get(status.controlPointId().get()));
    }
    List<ControlPoint> whole =
        points.values().stream()
            .filter(point -> point.nodeId().isEmpty())
            .filter(point -> status.capabilityType().equals(Optional.of(point.capabilityType())))
            .filter(point -> point.state() == ControlPoint.State.enabled)
            .toList();
    return whole.stream().findFirst();
  }

  private Future<Map<UUID, ControlPoint>> of(UUID microgridId) {
    Map<UUID, ControlPoint> known = bySite.get(microgridId);
    return known != null ? Future.succeededFuture(known) : ask(microgridId);
  }

  private Future<Map<UUID, ControlPoint>> ask(UUID microgridId) {
    return bus.ask(TopologyAddresses.CONTROL_POINTS.at(microgridId), new ListControlPoints())
        .map(
            list -> {
              Map<UUID, ControlPoint> points = new HashMap<>();
              list.controlPoints().forEach(point -> points.put(point.controlPointId(), point));
              bySite.put(microgridId, points);
              return points;
            })
        .recover(
            fault ->
                fault instanceof BusException none && none.kind() == BusException.Kind.NO_ANSWERER
                    ? Future.succeededFuture(Map.of())
                    : Future.failedFuture(fault));
  }
}
