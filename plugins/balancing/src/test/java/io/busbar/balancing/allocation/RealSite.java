package io.busbar.balancing.allocation;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.RealData;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A real site of line-to-line chargers: its tree of watts, and what its conductors carry. */
final class RealSite {

  private static final List<String> PAIRS = List.of("AB", "BC", "CA");
  private static final double[] DEGREES = {30, -90, 150};
  private static final double VOLTS = 208;

  /** A bounded conductor: where, how much, and by pair how much of its current flows there. */
  record Conductor(String name, int node, double amps, double[] share) {

    /** Amperes that flow when pairs draw so many watts. */
    double flow(double[] wattsByPair) {
      double x = 0;
      double y = 0;
      for (int pair = 0; pair < DEGREES.length; pair++) {
        double amps = share[pair] * wattsByPair[pair] / VOLTS;
        x += amps * Math.cos(Math.toRadians(DEGREES[pair]));
        y += amps * Math.sin(Math.toRadians(DEGREES[pair]));
      }
      return Math.hypot(x, y);
    }

    LineLimit limit() {
      double[] real = new double[DEGREES.length];
      double[] imaginary = new double[DEGREES.length];
      for (int pair = 0; pair < DEGREES.length; pair++) {
        real[pair] = share[pair] / VOLTS * Math.cos(Math.toRadians(DEGREES[pair]));
        imaginary[pair] = share[pair] / VOLTS * Math.sin(Math.toRadians(DEGREES[pair]));
      }
      return new LineLimit(amps, real, imaginary);
    }
  }

  final int[] parent;
  final double[] limit;
  final int[] connectorNode;
  final int[] pair;
  final double[] minimum;
  final List<Conductor> conductors = new ArrayList<>();

  private RealSite(JsonNode site) {
    JsonNode nodes = site.path("nodes");
    Map<String, Integer> numbers = new HashMap<>();
    parent = new int[nodes.size()];
    limit = new double[nodes.size()];
    List<JsonNode> connectors = new ArrayList<>();
    for (JsonNode node : nodes) {
      int number = numbers.size();
      numbers.put(node.path("id").asText(), number);
      parent[number] = numbers.getOrDefault(node.path("parent").asText(), -1);
      limit[number] = node.path("limit_watts").asDouble(Double.POSITIVE_INFINITY);
      if (node.path("type").asText().equals("CONNECTOR")) {
        connectors.add(node);
      }
    }
    connectorNode = connectors.stream().mapToInt(c -> numbers.get(c.path("id").asText())).toArray();
    pair = connectors.stream().mapToInt(c -> PAIRS.indexOf(c.path("phases").asText())).toArray();
    minimum = connectors.stream().mapToDouble(c -> c.path("min_watts").asDouble()).toArray();
    site.path("phase_constraints").forEach(c -> conductors.add(conductor(c, numbers)));
  }

  private static Conductor conductor(JsonNode constraint, Map<String, Integer> numbers) {
    return new Conductor(
        constraint.path("name").asText(),
        numbers.get(constraint.path("node").asText()),
        constraint.path("limit_amps").asDouble(),
        PAIRS.stream()
            .mapToDouble(p -> constraint.path("pair_coefficients").path(p).asDouble())
            .toArray());
  }

  static RealSite read(String file) {
    try {
      return new RealSite(RecordJson.mapper().readTree(RealData.file("sites/" + file).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The problem without requests, with every conductor bounded. */
  AllocationProblem problem() {
    AllocationProblem problem = new AllocationProblem(parent, connectorNode);
    for (int node = 0; node < limit.length; node++) {
      problem.limit(node, limit[node]);
    }
    for (int node : conductors.stream().mapToInt(Conductor::node).distinct().toArray()) {
      problem.lines(
          node,
          conductors.stream()
              .filter(conductor -> conductor.node() == node)
              .map(Conductor::limit)
              .toArray(LineLimit[]::new));
    }
    for (int i = 0; i < pair.length; i++) {
      problem.wire(i, pair[i]);
    }
    return problem;
  }

  /** Watts by pair of the connectors at and below a node. */
  double[] byPair(int node, double[] watts) {
    double[] sums = new double[PAIRS.size()];
    for (int i = 0; i < watts.length; i++) {
      sums[pair[i]] += isBelow(i, node) ? watts[i] : 0;
    }
    return sums;
  }

  double sum(int node, double[] watts) {
    return Arrays.stream(byPair(node, watts)).sum();
  }

  boolean isBelow(int connector, int node) {
    return IntStream.iterate(connectorNode[connector], at -> at >= 0, at -> parent[at])
        .anyMatch(at -> at == node);
  }
}
