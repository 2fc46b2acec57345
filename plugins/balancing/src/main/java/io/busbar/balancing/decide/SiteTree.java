package io.busbar.balancing.decide;

import io.busbar.api.balancing.WhatIf.LimitChange;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.TopologySnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * One version of a site's tree, laid out flat so that a cycle walks arrays. Node 0 is the microgrid
 * itself, which carries the aggregate cap; every other node stands behind its parent.
 */
public final class SiteTree {

  /** Number of the microgrid itself. */
  public static final int ROOT = 0;

  private static final OptionalInt NO_RAMP = OptionalInt.empty();

  private final TopologySnapshot source;
  private final Map<UUID, Integer> numbers;
  private final int[] parents;
  private final Limits own;
  private final Limits limits;
  private final List<OutsideLimit> outside;
  private final List<ConnectorRating> connectors;
  private final Conductors conductors;
  private final int[] connectorOfNode;
  private final int[] meterOfNode;
  private final List<PowerSource> sources;
  private final long[] exportBelow;
  private final int[] rampOfNode;

  private SiteTree(TopologySnapshot source) {
    this.source = source;
    this.numbers = new HashMap<>();
    this.parents = new int[source.nodes().size() + 1];
    number();
    this.own = Limits.of(source.limits(), numbers, parents.length);
    this.limits = own;
    this.outside = List.of();
    this.connectors = ConnectorRating.of(source.nodes(), numbers);
    this.conductors = Conductors.of(source.nodes(), source.limits(), connectors, numbers::get);
    this.connectorOfNode = none(parents.length);
    connectors.forEach(connector -> connectorOfNode[connector.node()] = connector.number());
    this.sources = PowerSource.of(source.nodes(), numbers);
    this.meterOfNode = none(parents.length);
    for (int meter = 0; meter < source.meters().size(); meter++) {
      meterOfNode[numbers.get(source.meters().get(meter).nodeId())] = meter;
    }
    this.exportBelow = exports();
    this.rampOfNode = new int[parents.length];
    for (int node = 1; node < parents.length; node++) {
      rampOfNode[node] =
          node(node).asset().map(AssetFacts::rampWattsPerSecond).orElse(NO_RAMP).orElse(0);
    }
  }

  private SiteTree(SiteTree same, List<OutsideLimit> outside) {
    this.source = same.source;
    this.numbers = same.numbers;
    this.parents = same.parents;
    this.own = same.own;
    this.limits = same.own.under(outside, same.numbers);
    this.outside = List.copyOf(outside);
    this.connectors = same.connectors;
    this.conductors = same.conductors;
    this.connectorOfNode = same.connectorOfNode;
    this.meterOfNode = same.meterOfNode;
    this.sources = same.sources;
    this.exportBelow = same.exportBelow;
    this.rampOfNode = same.rampOfNode;
  }

  private long[] exports() {
    long[] exports = new long[source.meters().size()];
    for (PowerSource each : sources) {
      for (int at = each.node(); at >= 0; at = parents[at]) {
        if (meterOfNode[at] >= 0) {
          exports[meterOfNode[at]] += each.maxExportWatts();
        }
      }
    }
    return exports;
  }

  /**
   * Lays out a tree.
   *
   * @throws IllegalArgumentException if a node stands before its parent, or a meter or a limit
   *     names a node that is not there
   */
  public static SiteTree of(TopologySnapshot source) {
    return new SiteTree(source);
  }

  /** The same tree under these limits from outside, in the place of any that it is under. */
  public SiteTree under(List<OutsideLimit> limitsFromOutside) {
    return limitsFromOutside.equals(outside) ? this : new SiteTree(this, limitsFromOutside);
  }

  /** Limits from outside that it is under. */
  public List<OutsideLimit> outside() {
    return outside;
  }

  /** The same tree with other limits on consumption in the place of all that nodes have. */
  SiteTree limited(List<LimitChange> changes) {
    List<NodeLimit> limits = new ArrayList<>(source.limits());
    for (LimitChange change : changes) {
      limits.removeIf(
          known ->
              known.nodeId().equals(change.nodeId())
                  && known.constraintType() != ConstraintType.GENERATION_CAP);
      limits.add(
          new NodeLimit(
              UUID.nameUUIDFromBytes(
                  ("what if " + change.nodeId()).getBytes(StandardCharsets.UTF_8)),
              microgridId(),
              change.nodeId(),
              ConstraintType.CONSUMPTION_CAP,
              change.limitWatts(),
              Optional.empty(),
              NodeLimit.SourceType.MANUAL,
              NodeLimit.Status.ACTIVE,
              Instant.EPOCH));
    }
    List<OutsideLimit> others =
        outside.stream()
            .filter(
                limit ->
                    limit.constraintType() == ConstraintType.GENERATION_CAP
                        || changes.stream()
                            .noneMatch(
                                change ->
                                    change.nodeId().filter(limit.nodeId()::equals).isPresent()))
            .toList();
    return new SiteTree(
            new TopologySnapshot(source.microgrid(), source.nodes(), limits, source.meters()))
        .under(others);
  }

  private void number() {
    parents[ROOT] = -1;
    for (MicrogridNode node : source.nodes()) {
      int number = numbers.size() + 1;
      numbers.put(node.nodeId(), number);
      parents[number] = node.parentNodeId().map(this::known).orElse(ROOT);
    }
    source.meters().forEach(meter -> known(meter.nodeId()));
    source.limits().forEach(limit -> limit.nodeId().ifPresent(this::known));
  }

  private int known(UUID nodeId) {
    Integer number = numbers.get(nodeId);
    if (number == null) {
      throw new IllegalArgumentException(
          "node " + nodeId + " is referred to, but does not stand before that");
    }
    return number;
  }

  private static int[] none(int length) {
    int[] array = new int[length];
    Arrays.fill(array, -1);
    return array;
  }

  /** Version of the topology. */
  public int version() {
    return source.microgrid().version();
  }

  public UUID microgridId() {
    return source.microgrid().microgridId();
  }

  /** Name of the site, for people. */
  public String name() {
    return source.microgrid().name();
  }

  /** Number of nodes, the microgrid itself included. */
  public int size() {
    return parents.length;
  }

  /** Number of the node above; −1 above the microgrid. */
  public int parent(int node) {
    return parents[node];
  }

  /** The node behind a number other than {@link #ROOT}. */
  public MicrogridNode node(int number) {
    return source.nodes().get(number - 1);
  }

  /** Id of a node; absent for the microgrid itself. */
  public Optional<UUID> nodeId(int number) {
    return number == ROOT ? Optional.empty() : Optional.of(node(number).nodeId());
  }

  /** Number of a node. */
  public OptionalInt number(UUID nodeId) {
    Integer number = numbers.get(nodeId);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The tightest limits of every node. */
  public Limits limits() {
    return limits;
  }

  /** All connectors in tree order; their numbers are their places in this list. */
  public List<ConnectorRating> connectors() {
    return connectors;
  }

  /** The bounded conductors of every node. */
  Conductors conductors() {
    return conductors;
  }

  /** Number of the connector at a node, −1 where there is none. */
  public int connectorAt(int node) {
    return connectorOfNode[node];
  }

  public List<Meter> meters() {
    return source.meters();
  }

  /** Number of the meter at a node, −1 where there is none. */
  public int meterAt(int node) {
    return meterOfNode[node];
  }

  /** Most that sources at and below a meter can feed in, in watts. */
  long exportBelow(int meter) {
    return exportBelow[meter];
  }

  /** How fast what is allowed below a node may rise, in watts per second; 0 for at once. */
  int rampWattsPerSecond(int node) {
    return rampOfNode[node];
  }

  /** Parents by number; a copy. */
  int[] parents() {
    return parents.clone();
  }

  /** All power sources in tree order. */
  public List<PowerSource> sources() {
    return sources;
  }

  /** Whether the second node is the first or stands below it. */
  public boolean isWithin(int top, int node) {
    int at = node;
    while (at > top) {
      at = parents[at];
    }
    return at == top;
  }
}
