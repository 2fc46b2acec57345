package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Nodes that something else relies on, and that therefore cannot just be removed. */
final class Targets {

  private Targets() {}

  /** What forbids that an edit removes nodes; empty when nothing does. */
  static List<Violation> ofEdit(StoredSite site, Set<UUID> removed, Set<UUID> enveloped) {
    List<Violation> violations = ofSite(site, removed, enveloped);
    for (Meter meter : site.tree().meters()) {
      if (removed.contains(meter.nodeId())) {
        String by = "meter '" + meter.ref() + "'";
        violations.add(violation("METERED_NODE_REMOVED", site, meter.nodeId(), by));
      }
    }
    return violations;
  }

  /** The same of a new site file, which brings meters of its own. */
  static List<Violation> ofSite(StoredSite site, Set<UUID> removed, Set<UUID> enveloped) {
    List<Violation> violations = new ArrayList<>();
    if (removed.isEmpty()) {
      return violations;
    }
    for (NodeLimit limit : LimitSet.set(site.tree().limits())) {
      String by = "limit " + limit.nodeLimitId();
      limit
          .nodeId()
          .filter(removed::contains)
          .map(id -> violation("LIMITED_NODE_REMOVED", site, id, by))
          .ifPresent(violations::add);
    }
    for (ControlPoint point : site.controlPoints()) {
      String by = "control point " + point.controlPointId();
      point
          .nodeId()
          .filter(removed::contains)
          .map(id -> violation("CONTROLLED_NODE_REMOVED", site, id, by))
          .ifPresent(violations::add);
    }
    removed.stream()
        .filter(enveloped::contains)
        .sorted()
        .map(id -> violation("ENVELOPED_NODE_REMOVED", site, id, "an envelope"))
        .forEach(violations::add);
    return violations;
  }

  private static Violation violation(String rule, StoredSite site, UUID nodeId, String by) {
    MicrogridNode node = site.tree().byId().get(nodeId);
    return new Violation(
        rule,
        Optional.of(nodeId),
        "%s '%s' cannot be removed: %s is there".formatted(node.nodeType(), node.name(), by));
  }
}
