package io.busbar.simulator;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Currents in the bounded conductors of a site, as they physically are: every vehicle draws on the
 * lines its connector is wired to, in phase with their voltage; buildings and PV are spread evenly.
 */
final class LineWatch {

  private static final double SQRT3 = Math.sqrt(3);

  /** By place of {@link Carries}: angle of the voltage between those lines, in degrees. */
  private static final double[] DEGREES = {0, -120, 120, 30, -90, 150};

  /** One conductor and the amperes that a watt of each load makes in it. */
  private static final class Line {
    private final UUID nodeId;
    private final Conductor conductor;
    private final double[] real;
    private final double[] imaginary;

    Line(UUID nodeId, Conductor conductor, int loads) {
      this.nodeId = nodeId;
      this.conductor = conductor;
      this.real = new double[loads];
      this.imaginary = new double[loads];
    }

    double amps(int[] watts) {
      double x = 0;
      double y = 0;
      for (int load = 0; load < watts.length; load++) {
        x += real[load] * watts[load];
        y += imaginary[load] * watts[load];
      }
      return Math.hypot(x, y);
    }
  }

  /** Told of conductors that carry too much. */
  interface Overloads {
    void seen(UUID nodeId, String conductor, double amps, double limitAmps);
  }

  private final List<Line> lines = new ArrayList<>();
  private final double[] worst;

  /**
   * Watches a site.
   *
   * @param loads nodes of all loads, in the order of their powers
   */
  LineWatch(TopologySnapshot site, List<UUID> loads) {
    Map<UUID, MicrogridNode> nodes = new HashMap<>();
    site.nodes().forEach(node -> nodes.put(node.nodeId(), node));
    double volts = lineToNeutral(site);
    for (MicrogridNode node : site.nodes()) {
      for (Conductor conductor : node.asset().map(AssetFacts::conductors).orElse(List.of())) {
        Line line = new Line(node.nodeId(), conductor, loads.size());
        for (int load = 0; load < loads.size(); load++) {
          if (isWithin(node.nodeId(), loads.get(load), nodes)) {
            add(line, load, ampsPerWatt(nodes.get(loads.get(load)), volts));
          }
        }
        lines.add(line);
      }
    }
    worst = new double[lines.size()];
  }

  private static boolean isWithin(UUID top, UUID nodeId, Map<UUID, MicrogridNode> nodes) {
    MicrogridNode at = nodes.get(nodeId);
    while (at != null && !at.nodeId().equals(top)) {
      at = at.parentNodeId().map(nodes::get).orElse(null);
    }
    return at != null;
  }

  private static double lineToNeutral(TopologySnapshot site) {
    return site.nodes().stream()
        .flatMap(node -> node.asset().stream())
        .filter(asset -> asset.connector().isPresent())
        .flatMap(asset -> asset.wiring().stream())
        .mapToDouble(
            wiring ->
                wiring.phases().name().length() == 4 ? wiring.volts() / SQRT3 : wiring.volts())
        .min()
        .orElse(230);
  }

  /**
   * By place of {@link Carries}: the magnitude of the current that a watt of a load draws there.
   */
  private static double[] ampsPerWatt(MicrogridNode node, double volts) {
    Wiring wiring =
        node.asset()
            .filter(asset -> asset.connector().isPresent())
            .flatMap(AssetFacts::wiring)
            .orElse(null);
    double[] amps = new double[DEGREES.length];
    if (wiring == null) {
      Arrays.fill(amps, 0, 3, 1 / (3 * volts));
      return amps;
    }
    double perWatt = 1.0 / wiring.wattsPerAmp();
    switch (wiring.phases()) {
      case L1 -> amps[0] = perWatt;
      case L2 -> amps[1] = perWatt;
      case L3 -> amps[2] = perWatt;
      case L1L2 -> amps[3] = perWatt;
      case L2L3 -> amps[4] = perWatt;
      case L3L1 -> amps[5] = perWatt;
      case L1L2L3 -> Arrays.fill(amps, 0, 3, perWatt);
      default -> throw new IllegalStateException("unknown wiring " + wiring);
    }
    return amps;
  }

  private static void add(Line line, int load, double[] amps) {
    Carries carries = line.conductor.carries();
    double[] share = {
      carries.l1(), carries.l2(), carries.l3(), carries.l1l2(), carries.l2l3(), carries.l3l1()
    };
    for (int place = 0; place < DEGREES.length; place++) {
      double angle = Math.toRadians(DEGREES[place]);
      line.real[load] += share[place] * amps[place] * Math.cos(angle);
      line.imaginary[load] += share[place] * amps[place] * Math.sin(angle);
    }
  }

  /** Looks at the currents that so many watts of every load make. */
  void look(int[] watts, Overloads overloads) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      double amps = line.amps(watts);
      double most = line.conductor.maxAmps();
      worst[i] = Math.max(worst[i], most == 0 ? 0 : amps / most);
      if (amps > most * (1 + 1e-9)) {
        overloads.seen(line.nodeId, line.conductor.name(), amps, most);
      }
    }
  }

  boolean isIdle() {
    return lines.isEmpty();
  }

  /** The fullest that any conductor ever was, as a part of what it carries; 0 without any. */
  double worst() {
    return Arrays.stream(worst).max().orElse(0);
  }
}
