package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.envelope.ListCircuitCapacities;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.envelope.WithdrawReply;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.ControlPointUpdated;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.testkit.LeapClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A depot on one grid connection of 100 kW (fail-safe 30 kW), with a second one that nobody feeds,
 * and questions about it. Plays topology and balancing.
 */
final class Depot {

  static final Instant NOW = LeapClock.START;
  static final UUID SITE = new UUID(0, 1);
  static final UUID GRID = new UUID(0, 2);
  static final UUID CIRCUIT_ASSET = new UUID(0, 3);
  static final UUID UNFED = new UUID(0, 4);
  static final UUID POINT = new UUID(0, 5);
  static final UUID CONNECTOR = new UUID(0, 6);
  static final UUID PARTNER = new UUID(0, 10);
  static final UUID OTHER_PARTNER = new UUID(0, 11);
  static final int DEFAULT = 100_000;
  static final int FAIL_SAFE = 30_000;

  private final Bus bus;
  private final List<NodeLimit> limits = new ArrayList<>();
  private final Map<UUID, ControlPoint> points = new TreeMap<>();
  private int refs;

  Depot(Bus bus) {
    this.bus = bus;
    points.put(PARTNER, point(PARTNER, GRID));
    points.put(OTHER_PARTNER, point(OTHER_PARTNER, POINT));
    limits.add(limit(GRID, DEFAULT, SourceType.PHYSICAL_DERIVED, NodeLimit.Status.ACTIVE));
    limits.add(limit(GRID, FAIL_SAFE, SourceType.FAIL_SAFE, NodeLimit.Status.INACTIVE));
    bus.answer(
        TopologyAddresses.LIST_SITES, asked -> new SiteList(List.of(snapshot().microgrid())));
    bus.answer(TopologyAddresses.SNAPSHOT.at(SITE), asked -> snapshot());
    bus.answer(
        TopologyAddresses.CONTROL_POINTS.at(SITE),
        asked -> new ControlPointList(List.copyOf(points.values())));
    bus.answer(BalancingAddresses.REBALANCE.at(SITE), this::cycle);
  }

  /** A cycle begins with the guard, as balancing does. */
  private RebalanceReply cycle(Rebalance request) {
    guard(NOW);
    return new RebalanceReply.Refused("NO_TELEMETRY", "none here", List.of(), "none");
  }

  static TopologySnapshot snapshot(List<NodeLimit> limits) {
    return new TopologySnapshot(
        new Microgrid(SITE, new UUID(0, 100), "Depot", "UTC", 1),
        List.of(
            node(GRID, Optional.empty(), NodeType.GRID_CONNECTION, AssetType.CIRCUIT, DEFAULT),
            node(POINT, Optional.of(GRID), NodeType.CHARGE_POINT, AssetType.CHARGE_POINT, 44_000),
            node(CONNECTOR, Optional.of(POINT), NodeType.CONNECTOR, AssetType.CONNECTOR, 22_000),
            bare(UNFED)),
        limits,
        List.of());
  }

  private TopologySnapshot snapshot() {
    return snapshot(List.copyOf(limits));
  }

  private static MicrogridNode node(
      UUID id, Optional<UUID> parent, NodeType type, AssetType asset, int watts) {
    OptionalInt failSafe =
        switch (type) {
          case GRID_CONNECTION -> OptionalInt.of(FAIL_SAFE);
          case CONNECTOR -> OptionalInt.of(1_400);
          default -> OptionalInt.empty();
        };
    AssetFacts facts =
        new AssetFacts(
            type.name().toLowerCase(Locale.ROOT),
            watts,
            failSafe,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    UUID assetId = type == NodeType.GRID_CONNECTION ? CIRCUIT_ASSET : new UUID(1, watts);
    return new MicrogridNode(
        id,
        SITE,
        parent,
        type.name(),
        type,
        Optional.of(asset),
        Optional.of(assetId),
        MicrogridNode.Status.ACTIVE,
        0,
        Optional.of(facts));
  }

  private static MicrogridNode bare(UUID id) {
    return new MicrogridNode(
        id,
        SITE,
        Optional.empty(),
        "unfed",
        NodeType.GRID_CONNECTION,
        Optional.empty(),
        Optional.empty(),
        MicrogridNode.Status.ACTIVE,
        1,
        Optional.empty());
  }

  static NodeLimit limit(UUID node, int watts, SourceType source, NodeLimit.Status status) {
    return new NodeLimit(
        new UUID(2, watts),
        SITE,
        Optional.of(node),
        ConstraintType.CONSUMPTION_CAP,
        watts,
        Optional.empty(),
        source,
        status,
        NOW);
  }

  /** Somebody switches a partner on or off. */
  void set(ControlPoint point) {
    points.put(point.controlPointId(), point);
    bus.tell(
        TopologyAddresses.CONTROL_POINT_UPDATED.at(SITE),
        new ControlPointUpdated(
            UUID.randomUUID(),
            NOW,
            "test",
            "test",
            SITE,
            point.controlPointId(),
            point.nodeId(),
            point.capabilityType(),
            point.state(),
            point.controlSource()));
  }

  static ControlPoint point(UUID id, UUID node) {
    return point(id, node, ControlPoint.State.enabled);
  }

  static ControlPoint point(UUID id, UUID node, ControlPoint.State state) {
    return new ControlPoint(
        id,
        SITE,
        Optional.of(node),
        ControlPoint.CapabilityType.LOAD_BALANCING,
        state,
        ControlPoint.ControlSource.EXTERNAL,
        "",
        Optional.empty(),
        Optional.of("TEST"),
        Optional.empty(),
        Optional.empty());
  }

  static SiteView view() {
    return new SiteView(
        snapshot(
            List.of(
                limit(GRID, DEFAULT, SourceType.PHYSICAL_DERIVED, NodeLimit.Status.ACTIVE),
                limit(GRID, FAIL_SAFE, SourceType.FAIL_SAFE, NodeLimit.Status.INACTIVE))),
        List.of(point(PARTNER, GRID), point(OTHER_PARTNER, POINT)));
  }

  /** Somebody lowers the grid connection; envelope is told nothing but that something changed. */
  void lower(int watts) {
    limits.add(limit(GRID, watts, SourceType.MANUAL, NodeLimit.Status.ACTIVE));
    bus.tell(
        TopologyAddresses.UPDATED.at(SITE),
        new TopologyUpdated(UUID.randomUUID(), NOW, "tester", "c", SITE, 1, "tester"));
  }

  static SubmitEnvelope envelope(
      Type type, Optional<UUID> origin, String ref, Instant from, Instant to, int watts) {
    return envelope(type, origin, ref, from, to, EnvelopeBlock.max(from, to, watts));
  }

  static SubmitEnvelope envelope(
      Type type,
      Optional<UUID> origin,
      String ref,
      Instant from,
      Instant to,
      EnvelopeBlock... blocks) {
    return new SubmitEnvelope(
        SITE,
        GRID,
        origin,
        type,
        ConstraintType.CONSUMPTION_CAP,
        from,
        Optional.of(to),
        false,
        ref,
        List.of(blocks),
        "partner",
        "c-" + ref);
  }

  static SubmitEnvelope forecast(String ref, Instant from, Instant to, int watts) {
    return envelope(Type.FORECAST, Optional.of(PARTNER), ref, from, to, watts);
  }

  OperatingEnvelope accept(SubmitEnvelope submitted) {
    SubmitReply reply = submit(submitted);
    if (reply instanceof SubmitReply.Accepted accepted) {
      return accepted.envelope();
    }
    throw new AssertionError(reply);
  }

  SubmitReply submit(SubmitEnvelope submitted) {
    return get(bus.ask(EnvelopeAddresses.SUBMIT.at(submitted.microgridId()), submitted));
  }

  WithdrawReply withdraw(UUID envelopeId) {
    return get(
        bus.ask(
            EnvelopeAddresses.WITHDRAW.at(SITE), new WithdrawEnvelope(envelopeId, "dana", "c-w")));
  }

  SourceReply report(UUID point, boolean online, Instant at, Duration stale, GapPolicy gap) {
    return get(
        bus.ask(
            EnvelopeAddresses.REPORT_SOURCE.at(SITE),
            new ReportSource(
                point,
                online,
                at,
                Optional.ofNullable(stale),
                Optional.ofNullable(gap),
                "adapter",
                "c-" + ++refs)));
  }

  EffectiveLimits look() {
    return get(
        bus.ask(EnvelopeAddresses.EFFECTIVE.at(SITE), new GetEffectiveLimits(Optional.empty())));
  }

  EffectiveLimits guard(Instant at) {
    return get(
        bus.ask(EnvelopeAddresses.EFFECTIVE.at(SITE), new GetEffectiveLimits(Optional.of(at))));
  }

  /** What bounds the grid connection from outside; empty when nothing does. */
  OptionalInt watts() {
    return look().limits().stream()
        .filter(limit -> limit.nodeId().equals(GRID))
        .mapToInt(EffectiveLimit::limitWatts)
        .findFirst();
  }

  CircuitCapacity capacity() {
    return get(bus.ask(EnvelopeAddresses.CIRCUIT_CAPACITIES.at(SITE), new ListCircuitCapacities()))
        .capacities()
        .getFirst();
  }

  List<Entry> entries() {
    ListEnvelopes all = new ListEnvelopes(Optional.empty(), Set.of(), 500, Optional.empty());
    return ((EnvelopePageReply.Page) get(bus.ask(EnvelopeAddresses.LIST.at(SITE), all)))
        .envelopes();
  }

  Entry entry(UUID envelopeId) {
    return entries().stream()
        .filter(entry -> entry.envelope().envelopeId().equals(envelopeId))
        .findFirst()
        .orElseThrow();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
