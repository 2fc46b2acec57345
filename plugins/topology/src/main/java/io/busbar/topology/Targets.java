package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
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
  static List<Violation> ofEdit(StoredSite site, Set<UUID> removed) {
    List<Violation> violations = ofSite(site, removed);
    site.tree().nodes().stream()
        .filter(node -> removed.contains(node.nodeId()))
        .forEach(node -> checkMeters(site, node, violations));
    return violations;
  }

  /** The same of a new site file, which brings meters of its own. */
  static List<Violation> ofSite(StoredSite site, Set<UUID> removed) {
    List<Violation> violations = new ArrayList<>();
    site.tree().nodes().stream()
        .filter(node -> removed.contains(node.nodeId()))
        .forEach(node -> check(site, node, violations));
    return violations;
  }

  private static void check(StoredSite site, MicrogridNode node, List<Violation> violations) {
    UUID id = node.nodeId();
    LimitSet.set(site.tree().limits()).stream()
        .filter(limit -> limit.nodeId().filter(id::equals).isPresent())
        .map(limit -> violation("LIMITED_NODE_REMOVED", node, "limit " + limit.nodeLimitId()))
        .forEach(violations::add);
    site.controlPoints().stream()
        .filter(point -> point.nodeId().filter(id::equals).isPresent())
        .map(
            point ->
                violation(
                    "CONTROLLED_NODE_REMOVED", node, "control point " + point.controlPointId()))
        .forEach(violations::add);
  }

  private static void checkMeters(StoredSite site, MicrogridNode node, List<Violation> violations) {
    site.tree().meters().stream()
        .filter(meter -> meter.nodeId().equals(node.nodeId()))
        .map(meter -> violation("METERED_NODE_REMOVED", node, "meter '" + meter.ref() + "'"))
        .forEach(violations::add);
  }

  private static Violation violation(String rule, MicrogridNode node, String by) {
    return new Violation(
        rule,
        Optional.of(node.nodeId()),
        "%s '%s' cannot be removed: %s is there".formatted(node.nodeType(), node.name(), by));
  }
}
