package io.busbar.balancing;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Limits exceeded by what is measured: each opens once and is closed once. */
final class Breaches {

  private final double tolerance;
  private final Map<String, Breach> open = new LinkedHashMap<>();

  Breaches(BalancingConfig config) {
    this.tolerance = config.breachTolerancePercent() / 100;
  }

  /** Compares demand with limits; returns the breaches that opened or closed. */
  List<Breach> look(SiteTree tree, Demand demand, Instant now) {
    List<Breach> changes = new ArrayList<>();
    for (int node = 0; node < tree.size(); node++) {
      OptionalInt watts = demand.effective(node);
      Optional<String> ref = tree.limitRef(node);
      if (ref.isEmpty() || watts.isEmpty()) {
        continue;
      }
      boolean over = watts.getAsInt() > tree.limit(node) * (1 + tolerance);
      boolean under = watts.getAsInt() <= tree.limit(node);
      Breach known = open.get(ref.get());
      if (known == null && over) {
        changes.add(opened(tree, node, ref.get(), watts.getAsInt(), demand, now));
      } else if (known != null && under) {
        open.remove(ref.get());
        changes.add(with(known, known.effectiveDemandWatts(), Optional.of(now)));
      } else if (known != null && watts.getAsInt() > known.effectiveDemandWatts()) {
        open.put(ref.get(), with(known, watts.getAsInt(), Optional.empty()));
      }
    }
    return changes;
  }

  private Breach opened(
      SiteTree tree, int node, String ref, int watts, Demand demand, Instant now) {
    UUID id =
        UUID.nameUUIDFromBytes(("breach " + ref + " " + now).getBytes(StandardCharsets.UTF_8));
    Breach breach =
        new Breach(
            id,
            tree.microgrid().microgridId(),
            node == SiteTree.ROOT ? Optional.empty() : Optional.of(tree.node(node).nodeId()),
            ref,
            reason(tree, node),
            watts,
            (int) tree.limit(node),
            demand.mode(node),
            now,
            Optional.empty());
    open.put(ref, breach);
    return breach;
  }

  private static Breach with(Breach breach, int watts, Optional<Instant> clearedAt) {
    return new Breach(
        breach.breachId(),
        breach.microgridId(),
        breach.nodeId(),
        breach.constraintRef(),
        breach.reasonCode(),
        watts,
        breach.resolvedLimitWatts(),
        breach.sourceMode(),
        breach.detectedAt(),
        clearedAt);
  }

  /** Which kind of limit a node carries, as a reason. */
  static ReasonCode reason(SiteTree tree, int node) {
    if (node == SiteTree.ROOT) {
      return ReasonCode.AGGREGATE_CAP_EXCEEDED;
    }
    NodeType type = tree.node(node).nodeType();
    return type == NodeType.CONNECTOR || type == NodeType.CHARGE_POINT
        ? ReasonCode.NODE_CAP_EXCEEDED
        : ReasonCode.ANCESTOR_CAP_EXCEEDED;
  }

  List<Breach> open() {
    return List.copyOf(open.values());
  }
}
