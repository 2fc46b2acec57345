package io.busbar.capability;

import io.busbar.api.Registration;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.GetProjection;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.RecordReply;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.testkit.FakeContext;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A microgrid with three control points, and questions about them. */
final class Depot {

  static final UUID SITE = new UUID(0, 1);
  static final UUID NODE = new UUID(0, 2);
  static final UUID DER = new UUID(0, 10);
  static final UUID WHOLE = new UUID(0, 11);
  static final UUID LOCAL = new UUID(0, 12);

  private final FakeContext context;
  private final List<ControlPoint> points = new CopyOnWriteArrayList<>();
  private List<Registration> topology = List.of();

  Depot(FakeContext context) {
    this.context = context;
    points.addAll(
        List.of(
            point(DER, Optional.of(NODE), CapabilityType.DER, ControlSource.EXTERNAL),
            point(WHOLE, Optional.empty(), CapabilityType.PEAK_SHAVING, ControlSource.EXTERNAL),
            point(LOCAL, Optional.of(NODE), CapabilityType.LOAD_BALANCING, ControlSource.LOCAL)));
    come();
  }

  /** A control point of which nobody was told. */
  void add(UUID id) {
    points.add(point(id, Optional.of(NODE), CapabilityType.DER, ControlSource.EXTERNAL));
  }

  /** Another one controls it now, of which nobody was told. */
  void hand(UUID id, ControlSource source) {
    points.removeIf(point -> point.controlPointId().equals(id));
    points.add(point(id, Optional.of(NODE), CapabilityType.DER, source));
  }

  /** Topology does not answer any more. */
  void goAway() {
    topology.forEach(Registration::close);
  }

  /** Topology answers. */
  void come() {
    Microgrid site = new Microgrid(SITE, new UUID(0, 3), "Depot", "UTC", 1);
    topology =
        List.of(
            context
                .bus()
                .answer(
                    TopologyAddresses.CONTROL_POINTS.at(SITE),
                    asked -> new ControlPointList(points)),
            context
                .bus()
                .answer(TopologyAddresses.LIST_SITES, asked -> new SiteList(List.of(site))));
  }

  static ControlPoint point(
      UUID id, Optional<UUID> node, CapabilityType type, ControlSource source) {
    return new ControlPoint(
        id,
        SITE,
        node,
        type,
        State.enabled,
        source,
        "",
        Optional.empty(),
        source == ControlSource.EXTERNAL ? Optional.of("TEST") : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static RecordStatus status(UUID point, String status, Instant at, String ref) {
    return new RecordStatus(
        SITE,
        Optional.of(point),
        Optional.empty(),
        status,
        ControlSource.EXTERNAL,
        at,
        Optional.ofNullable(ref),
        Optional.of(Map.of("raw", 1)),
        "tester",
        "c-1");
  }

  RecordReply record(RecordStatus status) {
    return get(context.bus().ask(CapabilityAddresses.RECORD, status));
  }

  List<StatusProjection> projection() {
    return get(context.bus().ask(CapabilityAddresses.PROJECTION, new GetProjection(SITE)))
        .statuses();
  }

  HistoryReply history(UUID point, int limit, Optional<String> cursor) {
    return get(
        context
            .bus()
            .ask(
                CapabilityAddresses.HISTORY,
                new GetHistory(SITE, point, Optional.empty(), Optional.empty(), limit, cursor)));
  }

  List<StatusEvent> events(UUID point) {
    return ((HistoryReply.Page) history(point, 500, Optional.empty())).events();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
