package io.busbar.balancing.decide;

import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What bounds each node: of every type the smallest of its active limits, its rating and what is
 * asked from outside. A limit on consumption counts all that is consumed, whatever is generated
 * beside it; a net limit counts the difference, so that generation makes room for consumption; a
 * limit on generation bounds no charging.
 */
public final class Limits {

  /** Stands for "nothing bounds it"; above any sum of powers. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final ConstraintType[] TYPES = ConstraintType.values();

  private final int nodes;

  /** By type and node. */
  private final long[] watts;

  private final String[] refs;
  private final SourceType[] sources;
  private boolean offsets;

  private Limits(Limits same) {
    this.nodes = same.nodes;
    this.watts = same.watts.clone();
    this.refs = same.refs.clone();
    this.sources = same.sources.clone();
    this.offsets = same.offsets;
  }

  private Limits(int nodes) {
    this.nodes = nodes;
    this.watts = new long[nodes * TYPES.length];
    this.refs = new String[nodes * TYPES.length];
    this.sources = new SourceType[nodes * TYPES.length];
    Arrays.fill(watts, UNBOUNDED);
  }

  static Limits of(List<NodeLimit> all, Map<UUID, Integer> numbers, int nodes) {
    Limits limits = new Limits(nodes);
    for (NodeLimit limit : all) {
      if (binds(limit)) {
        limits.add(limit.nodeId().map(numbers::get).orElse(SiteTree.ROOT), limit);
      }
    }
    return limits;
  }

  /** The same with limits from outside, which never loosen anything; unknown nodes left out. */
  Limits under(List<OutsideLimit> outside, Map<UUID, Integer> numbers) {
    Limits tighter = new Limits(this);
    for (OutsideLimit limit : outside) {
      Integer node = numbers.get(limit.nodeId());
      if (node != null) {
        tighter.add(node, limit);
      }
    }
    return tighter;
  }

  private void add(int node, OutsideLimit limit) {
    int at = at(limit.constraintType(), node);
    if (refs[at] == null || limit.limitWatts() < watts[at]) {
      watts[at] = limit.limitWatts();
      refs[at] = limit.constraintRef();
      sources[at] = null;
    }
    offsets |= limit.constraintType() == ConstraintType.NET_CAP;
  }

  /** A rating binds even while a limit that somebody set stands in its place. */
  private static boolean binds(NodeLimit limit) {
    return limit.status() == NodeLimit.Status.ACTIVE
        || limit.sourceType() == NodeLimit.SourceType.PHYSICAL_DERIVED;
  }

  private void add(int node, NodeLimit limit) {
    int at = at(limit.constraintType(), node);
    if (refs[at] == null || limit.limitWatts() < watts[at]) {
      watts[at] = limit.limitWatts();
      refs[at] = "node-limit:" + limit.nodeLimitId();
      sources[at] = limit.sourceType();
    }
    offsets |= limit.constraintType() == ConstraintType.NET_CAP;
  }

  private int at(ConstraintType type, int node) {
    return type.ordinal() * nodes + node;
  }

  /** Whether a node has a limit of a type. */
  public boolean bounds(ConstraintType type, int node) {
    return refs[at(type, node)] != null;
  }

  /** Watts of a type, or {@link #UNBOUNDED}. */
  public long watts(ConstraintType type, int node) {
    return watts[at(type, node)];
  }

  /**
   * A limit as results name it: {@code node-limit:ID}, or as whoever set it from outside named it;
   * only where there is one.
   */
  public String ref(ConstraintType type, int node) {
    return refs[at(type, node)];
  }

  /** Which kind of limit of the site itself it is; empty for one from outside. */
  public Optional<SourceType> source(ConstraintType type, int node) {
    return Optional.ofNullable(sources[at(type, node)]);
  }

  /** Whether anything bounds what is consumed at and below a node. */
  public boolean bounds(int node) {
    return bounds(ConstraintType.CONSUMPTION_CAP, node) || bounds(ConstraintType.NET_CAP, node);
  }

  /** Most that may be consumed while nothing is generated, or {@link #UNBOUNDED}. */
  public long watts(int node) {
    return watts(node, 0);
  }

  /**
   * Most that may be consumed at and below a node, or {@link #UNBOUNDED}.
   *
   * @param credit generation there that is sure enough to be set off under a net limit
   */
  public long watts(int node, long credit) {
    long net = watts(ConstraintType.NET_CAP, node);
    long offset = net == UNBOUNDED ? UNBOUNDED : net + credit;
    return Math.min(watts(ConstraintType.CONSUMPTION_CAP, node), offset);
  }

  /** The limit that {@link #watts(int, long)} comes from, by its type. */
  public ConstraintType tighter(int node, long credit) {
    return watts(ConstraintType.CONSUMPTION_CAP, node) <= watts(node, credit)
        ? ConstraintType.CONSUMPTION_CAP
        : ConstraintType.NET_CAP;
  }

  /** Whether any node has a net limit. */
  boolean isAnyNet() {
    return offsets;
  }
}
