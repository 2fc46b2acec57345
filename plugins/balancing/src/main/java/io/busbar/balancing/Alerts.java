package io.busbar.balancing;

import io.busbar.api.balancing.Alert;
import io.busbar.api.balancing.Alert.Kind;
import io.busbar.api.balancing.Breach;
import io.busbar.api.topology.Meter;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.OutsideLimit;
import io.busbar.balancing.decide.SiteTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What needs a person, from what a cycle came to. */
record Alerts(SiteTree tree, Ledger ledger, List<Breach> breaches, Decision decision) {

  /** What stands behind the ref of a device that does not answer, among what was derived. */
  private static final String BOOKED = "BOOKED";

  private static final String NONE = "NONE";

  /** Begins the refs of limits that stand for a source that is not heard. */
  private static final String FAIL_SAFE = "fail-safe:";

  List<Alert> all() {
    List<String> derived = decision.derivedInputs();
    List<OutsideLimit> failSafe = failSafe();
    if (breaches.isEmpty() && derived.isEmpty() && failSafe.isEmpty()) {
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    breaches.forEach(breach -> alerts.add(of(breach)));
    Map<String, Integer> nodes = nodes();
    List<String> failed = decision.failedInputs();
    derived.forEach(input -> alerts.add(of(input, nodes, failed.contains(input))));
    failSafe.forEach(limit -> alerts.add(of(limit)));
    alerts.sort(Comparator.comparing(Alert::kind));
    return alerts;
  }

  private Alert of(Breach breach) {
    return new Alert(
        Kind.BREACH_OPEN,
        breach.nodeId(),
        breach.constraintRef(),
        "%s measures up to %s where %s are allowed, since %s"
            .formatted(
                breach.nodeId().map(this::name).orElse("the site"),
                watts(breach.effectiveDemandWatts()),
                watts(breach.resolvedLimitWatts()),
                breach.detectedAt()));
  }

  /** Limits that stand for a source from outside that is not heard. */
  private List<OutsideLimit> failSafe() {
    return tree.outside().stream()
        .filter(limit -> limit.constraintRef().startsWith(FAIL_SAFE))
        .toList();
  }

  private Alert of(OutsideLimit limit) {
    return new Alert(
        Kind.FALLBACK_IN_USE,
        Optional.of(limit.nodeId()),
        limit.constraintRef(),
        "who limits %s from outside is not heard; it is at its fail-safe capacity, %s"
            .formatted(name(limit.nodeId()), watts(limit.limitWatts())));
  }

  /** Numbers of the nodes of meters, devices and sources, by ref. */
  private Map<String, Integer> nodes() {
    Map<String, Integer> nodes = new HashMap<>();
    for (int node = 1; node < tree.size(); node++) {
      int number = node;
      tree.node(node).asset().ifPresent(asset -> nodes.put(asset.ref(), number));
    }
    for (Meter meter : tree.meters()) {
      nodes.put(meter.ref(), tree.number(meter.nodeId()).orElseThrow());
    }
    return nodes;
  }

  private Alert of(String input, Map<String, Integer> nodes, boolean failed) {
    int colon = input.lastIndexOf(':');
    String ref = input.substring(0, colon);
    String policy = input.substring(colon + 1);
    Optional<UUID> nodeId = Optional.ofNullable(nodes.get(ref)).flatMap(tree::nodeId);
    if (failed) {
      return new Alert(
          Kind.VALUE_DISBELIEVED,
          nodeId,
          ref,
          "%s says what is not believed, and counts as missing: %s".formatted(ref, policy));
    }
    return switch (policy) {
      case NONE ->
          new Alert(
              Kind.METER_BLIND,
              nodeId,
              ref,
              "nothing usable is known of meter %s: what hangs from there is at its fail-safe value"
                  .formatted(ref));
      case BOOKED -> device(ref, nodeId, nodes.get(ref));
      default ->
          new Alert(
              Kind.FALLBACK_IN_USE,
              nodeId,
              ref,
              "%s says nothing usable; %s stands in its place".formatted(ref, policy));
    };
  }

  private Alert device(String ref, Optional<UUID> nodeId, int node) {
    ConnectorRating connector = tree.connectors().get(tree.connectorAt(node));
    String booked = watts(ledger.booked(connector.number()));
    return ledger.book(connector.number()).isDeaf()
        ? new Alert(
            Kind.SET_POINT_REFUSED,
            nodeId,
            ref,
            "%s takes no set-points; it is taken to draw %s".formatted(ref, booked))
        : new Alert(
            Kind.DEVICE_SILENT,
            nodeId,
            ref,
            "nothing was heard of %s lately; it is taken to draw %s".formatted(ref, booked));
  }

  private String name(UUID nodeId) {
    int number = tree.number(nodeId).orElse(SiteTree.ROOT);
    return number == SiteTree.ROOT ? "a node that is gone" : tree.node(number).name();
  }

  private static String watts(int watts) {
    return String.format(Locale.ROOT, "%,d W", watts);
  }
}
