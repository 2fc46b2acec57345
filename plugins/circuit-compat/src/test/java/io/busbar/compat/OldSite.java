package io.busbar.compat;

import io.busbar.api.Bus;
import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.SourceMode;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacityReply;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawReply;
import io.busbar.api.topology.AssetFacts;
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
import io.busbar.testkit.LeapClock;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A site that older consumers know by its circuits; plays topology, balancing and envelope. */
final class OldSite {

  static final UUID SITE = new UUID(0, 1);
  static final UUID GRID = new UUID(0, 2);
  static final UUID INNER = new UUID(0, 3);
  static final UUID POINT = new UUID(0, 4);
  static final UUID CONNECTOR = new UUID(0, 5);
  static final UUID FEEDER = new UUID(1, 2);
  static final UUID CIRCUIT = new UUID(1, 3);
  static final UUID CONNECTOR_ASSET = new UUID(1, 5);

  private final List<MicrogridNode> nodes = new ArrayList<>();
  private boolean refuses;
  private boolean rejects;

  OldSite(Bus bus) {
    nodes.add(node(GRID, null, NodeType.GRID_CONNECTION, AssetType.CIRCUIT, FEEDER, 100_000));
    nodes.add(node(INNER, GRID, NodeType.CIRCUIT, AssetType.CIRCUIT, CIRCUIT, 50_000));
    nodes.add(
        node(POINT, INNER, NodeType.CHARGE_POINT, AssetType.CHARGE_POINT, new UUID(1, 4), 22_000));
    nodes.add(
        node(CONNECTOR, POINT, NodeType.CONNECTOR, AssetType.CONNECTOR, CONNECTOR_ASSET, 22_000));
    bus.answer(TopologyAddresses.LIST_SITES, asked -> new SiteList(List.of(microgrid())));
    bus.answer(TopologyAddresses.SNAPSHOT.at(SITE), asked -> snapshot());
    bus.answer(BalancingAddresses.REBALANCE.at(SITE), asked -> cycle());
    bus.answer(EnvelopeAddresses.SUBMIT.at(SITE), this::submit);
    bus.answer(
        EnvelopeAddresses.WITHDRAW.at(SITE),
        asked -> new WithdrawReply.NotFound(asked.envelopeId()));
    bus.answer(EnvelopeAddresses.CIRCUIT_CAPACITY.at(SITE), asked -> capacity());
    bus.answer(
        EnvelopeAddresses.EFFECTIVE.at(SITE), asked -> EffectiveLimits.none(SITE, LeapClock.START));
  }

  private static Microgrid microgrid() {
    return new Microgrid(SITE, new UUID(0, 100), "Old depot", "Europe/Berlin", 1);
  }

  private TopologySnapshot snapshot() {
    NodeLimit manual =
        new NodeLimit(
            new UUID(2, 45_000),
            SITE,
            Optional.of(INNER),
            ConstraintType.CONSUMPTION_CAP,
            45_000,
            Optional.empty(),
            SourceType.MANUAL,
            NodeLimit.Status.ACTIVE,
            LeapClock.START);
    return new TopologySnapshot(microgrid(), List.copyOf(nodes), List.of(manual), List.of());
  }

  private static MicrogridNode node(
      UUID id, UUID parent, NodeType type, AssetType asset, UUID assetId, int watts) {
    AssetFacts facts =
        new AssetFacts(
            "ref-" + id.getLeastSignificantBits(),
            watts,
            type == NodeType.GRID_CONNECTION ? OptionalInt.of(30_000) : OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new MicrogridNode(
        id,
        SITE,
        Optional.ofNullable(parent),
        "",
        type,
        Optional.of(asset),
        Optional.of(assetId),
        MicrogridNode.Status.ACTIVE,
        0,
        Optional.of(facts));
  }

  /** A second node refers to the same circuit. */
  void twin() {
    nodes.add(node(new UUID(0, 9), GRID, NodeType.CIRCUIT, AssetType.CIRCUIT, CIRCUIT, 50_000));
  }

  /** The circuit has another id from now on. */
  void rename(UUID from, UUID to) {
    nodes.replaceAll(
        node ->
            node.attachedAssetId().filter(from::equals).isPresent()
                ? node(INNER, GRID, NodeType.CIRCUIT, AssetType.CIRCUIT, to, 50_000)
                : node);
  }

  /** Balancing refuses from now on. */
  void refuse() {
    refuses = true;
  }

  /** Envelopes are rejected from now on. */
  void rejectEnvelopes() {
    rejects = true;
  }

  private RebalanceReply cycle() {
    return refuses
        ? new RebalanceReply.Refused(
            "NO_TELEMETRY", "nothing was heard", List.of("meter"), "fail-safe")
        : new RebalanceReply.Completed(result());
  }

  private static CycleResult result() {
    NodeAllocation share =
        new NodeAllocation(
            CONNECTOR,
            7_000,
            5_000,
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            SourceMode.MEASURED);
    return new CycleResult(
        new UUID(5, 5),
        SITE,
        Optional.of(INNER),
        1,
        LeapClock.START,
        LeapClock.START,
        CycleResult.Outcome.CURTAILED,
        List.of(ReasonCode.LEGACY_ALIAS_TRANSLATION_APPLIED),
        new AllocationSummary(7_000, 5_000, 0, List.of(share)),
        List.of(),
        new CycleResult.Audit("old", "circuit_alias", "c", "p", "d", Optional.empty()));
  }

  private SubmitReply submit(SubmitEnvelope submitted) {
    OperatingEnvelope envelope =
        new OperatingEnvelope(
            UUID.nameUUIDFromBytes(submitted.sourceRef().getBytes(StandardCharsets.UTF_8)),
            SITE,
            submitted.nodeId(),
            Optional.empty(),
            submitted.envelopeType(),
            submitted.constraintType(),
            submitted.effectiveFrom(),
            submitted.effectiveTo(),
            submitted.sourceRef(),
            rejects ? Status.REJECTED : Status.PENDING,
            LeapClock.START,
            submitted.blocks());
    return rejects
        ? new SubmitReply.Rejected(envelope, "CIRCUIT_NOT_UNIQUE", "two feed it", List.of())
        : new SubmitReply.Accepted(envelope, false);
  }

  private static CircuitCapacityReply capacity() {
    return new CircuitCapacityReply.Found(
        new CircuitCapacity(
            FEEDER,
            SITE,
            GRID,
            100_000,
            30_000,
            60_000,
            "envelope:" + new UUID(7, 7),
            CircuitCapacity.Trigger.ENVELOPE_CHANGE,
            LeapClock.START));
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
