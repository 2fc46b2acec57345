package io.busbar.balancing;

import io.busbar.api.balancing.SourceMode;
import io.busbar.api.field.Reading;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Effective demand of every node at one instant: measured where it is, derived where it must be,
 * and the load among it that nobody controls. What is uncertain is taken as high.
 */
final class Demand {

  private final SiteTree tree;
  private final FieldState field;
  private final Instant now;
  private final double[] uncontrolled;
  private final int[] measured;
  private final boolean[] known;
  private final SourceMode[] mode;
  private final boolean[] unbalanced;
  private final List<String> derivedInputs = new ArrayList<>();
  private final List<String> missingInputs = new ArrayList<>();

  private Demand(SiteTree tree, FieldState field, Instant now) {
    this.tree = tree;
    this.field = field;
    this.now = now;
    int size = tree.size();
    uncontrolled = new double[size];
    measured = new int[size];
    known = new boolean[size];
    mode = new SourceMode[size];
    unbalanced = new boolean[size];
    Arrays.fill(mode, SourceMode.MEASURED);
  }

  /** Resolves the demand of all nodes, from the leaves up. */
  static Demand resolve(SiteTree tree, FieldState field, Instant now) {
    Demand demand = new Demand(tree, field, now);
    demand.resolve();
    return demand;
  }

  private void resolve() {
    int size = tree.size();
    double[] drawn = new double[size];
    double[] generated = new double[size];
    for (int node = size - 1; node >= 0; node--) {
      Integer power = field.powerOrNull(node, now);
      boolean leaf = isLeaf(node);
      if (leaf) {
        leaf(node, power, drawn, generated);
      } else {
        inner(node, power, drawn, generated);
      }
      int parent = tree.parent(node);
      if (parent >= 0) {
        drawn[parent] += drawn[node];
        generated[parent] += generated[node];
        uncontrolled[parent] += uncontrolled[node];
      }
    }
    spreadUnbalanced();
  }

  private boolean isLeaf(int node) {
    if (node == SiteTree.ROOT) {
      return false;
    }
    NodeType type = tree.node(node).nodeType();
    return type == NodeType.CONNECTOR || type == NodeType.POWER_SOURCE;
  }

  private void leaf(int node, Integer power, double[] drawn, double[] generated) {
    if (power != null) {
      measured[node] = power;
      known[node] = true;
    }
    if (tree.node(node).nodeType() == NodeType.CONNECTOR) {
      drawn[node] = power == null ? 0 : Math.max(0, power);
      mode[node] = power == null ? SourceMode.FALLBACK_DERIVED : SourceMode.MEASURED;
    } else if (power != null) {
      generated[node] = Math.max(0, -power);
      uncontrolled[node] = Math.max(0, power);
    }
  }

  private void inner(int node, Integer power, double[] drawn, double[] generated) {
    OptionalInt total = power == null ? derived(node) : OptionalInt.of(power);
    if (total.isPresent()) {
      measured[node] = total.getAsInt();
      known[node] = true;
      double other = total.getAsInt() - drawn[node] + generated[node];
      uncontrolled[node] = Math.max(uncontrolled[node], other);
    } else if (tree.meter(node).isEmpty()) {
      measured[node] = (int) Math.round(drawn[node] + uncontrolled[node] - generated[node]);
      known[node] = true;
    }
  }

  /** What the meter's fallback says; empty without a meter or a usable fallback. */
  private OptionalInt derived(int node) {
    Meter meter = tree.meter(node).orElse(null);
    if (meter == null) {
      return OptionalInt.empty();
    }
    mode[node] = SourceMode.FALLBACK_DERIVED;
    for (Fallback fallback : meter.fallback()) {
      OptionalInt value =
          switch (fallback.policy()) {
            case LAST_GOOD -> lastGood(node, fallback);
            case FIXED -> fallback.watts();
            case RATED -> OptionalInt.of(rated(node));
          };
      if (value.isPresent()) {
        derivedInputs.add(meter.ref() + ":" + fallback.policy());
        return value;
      }
    }
    missingInputs.add(meter.ref());
    unbalanced[node] = true;
    return OptionalInt.empty();
  }

  private OptionalInt lastGood(int node, Fallback fallback) {
    return field
        .lastPower(node)
        .filter(
            reading ->
                !reading.measuredAt().plusSeconds(fallback.maxAgeSeconds().orElse(0)).isBefore(now))
        .map(Reading::powerWatts)
        .orElse(OptionalInt.empty());
  }

  /** What everything below could draw at most. */
  private int rated(int ancestor) {
    long sum = 0;
    for (int node = ancestor + 1; node < tree.size(); node++) {
      if (isLeaf(node) && tree.isBelow(node, ancestor)) {
        sum += tree.node(node).asset().orElseThrow().ratedWatts();
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, sum);
  }

  private void spreadUnbalanced() {
    for (int node = 1; node < tree.size(); node++) {
      unbalanced[node] |= unbalanced[tree.parent(node)];
    }
  }

  /** Load at and below a node that nobody controls, in watts. */
  double uncontrolled(int node) {
    return uncontrolled[node];
  }

  /** Effective demand in watts; empty when nothing is known. */
  OptionalInt effective(int node) {
    return known[node] ? OptionalInt.of(measured[node]) : OptionalInt.empty();
  }

  SourceMode mode(int node) {
    return mode[node];
  }

  /** Whether nothing usable is known of a meter at or above the node. */
  boolean unbalanced(int node) {
    return unbalanced[node];
  }

  /** Meters whose value was derived, with the policy. */
  List<String> derivedInputs() {
    return derivedInputs;
  }

  /** Meters of which nothing usable is known. */
  List<String> missingInputs() {
    return missingInputs;
  }
}
