package io.busbar.balancing;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.Wiring;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.SiteTree;

/** Adds up line currents below every node with bounded lines, the long way round. */
public final class LineCurrents {

  private final SiteTree tree;

  public LineCurrents(SiteTree tree) {
    this.tree = tree;
  }

  /** Current of the fullest of all lines as a part of what it carries; lines L1, L2, L3 only. */
  public double fullest(int[] watts) {
    double fullest = 0;
    for (int node = 1; node < tree.size(); node++) {
      fullest = Math.max(fullest, fullest(node, watts));
    }
    return fullest;
  }

  /** The same for the lines of one node. */
  public double fullest(int node, int[] watts) {
    double fullest = 0;
    MicrogridNode at = node == SiteTree.ROOT ? null : tree.node(node);
    if (at != null && at.asset().isPresent()) {
      for (Conductor line : at.asset().get().conductors()) {
        double amps = amps(node, line.name(), watts);
        fullest = amps == 0 ? fullest : Math.max(fullest, amps / line.maxAmps());
      }
    }
    return fullest;
  }

  private double amps(int node, String line, int[] watts) {
    double x = 0;
    double y = 0;
    for (ConnectorRating connector : tree.connectors()) {
      if (tree.isWithin(node, connector.node())) {
        Wiring wiring = connector.wiring().orElseThrow();
        double amps = (double) watts[connector.number()] / wiring.wattsPerAmp();
        double degrees = degrees(line, wiring.phases().name());
        if (!Double.isNaN(degrees)) {
          x += amps * Math.cos(Math.toRadians(degrees));
          y += amps * Math.sin(Math.toRadians(degrees));
        }
      }
    }
    return Math.sqrt(x * x + y * y);
  }

  /** Angle at which a load's current flows through a line; not a number when it does not. */
  private static double degrees(String line, String phases) {
    return switch (line + " of " + phases) {
      case "L1 of L1", "L1 of L1L2L3" -> 0;
      case "L2 of L2", "L2 of L1L2L3" -> -120;
      case "L3 of L3", "L3 of L1L2L3" -> 120;
      case "L1 of L1L2" -> 30;
      case "L2 of L1L2" -> 210;
      case "L2 of L2L3" -> -90;
      case "L3 of L2L3" -> 90;
      case "L3 of L3L1" -> 150;
      case "L1 of L3L1" -> -30;
      default -> Double.NaN;
    };
  }
}
