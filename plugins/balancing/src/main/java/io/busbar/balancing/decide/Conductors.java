package io.busbar.balancing.decide;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.Wiring;
import io.busbar.balancing.allocation.LineLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * The bounded conductors of a tree. Connectors that are wired alike make a group, whose currents
 * are in phase.
 */
public final class Conductors {

  private static final LineLimit[] NONE = {};
  private static final List<Carries> LINES = List.of(Carries.L1, Carries.L2, Carries.L3);
  private static final double[] VOLTAGE_DEGREES = {0, -120, 120};

  /** Stands for a wiring of which nothing is known: the lowest voltage, on any line. */
  private static final double UNKNOWN_VOLTS = 100;

  /** Nominal voltages that differ by a smaller share are the same. */
  private static final double SAME_VOLTAGE = 0.05;

  private final LineLimit[][] limits;
  private final String[][] refs;

  /** By node and conductor: most amperes that a watt of which only the power is known makes. */
  private final double[][] even;

  private final double[][] worst;

  /** By node and conductor: which line of the node it is; −1 for another wire. */
  private final int[][] line;

  /** By node: volts from line to neutral; 0 where nobody said. */
  private final double[] nodeVolts;

  private final int[] group;
  private final List<Optional<Wiring>> kinds = new ArrayList<>();
  private final double volts;
  private final Phasor[][] linePhasors;
  private int bounded;

  private Conductors(int nodes, List<ConnectorRating> connectors) {
    this.limits = new LineLimit[nodes][];
    this.refs = new String[nodes][];
    this.even = new double[nodes][];
    this.worst = new double[nodes][];
    this.line = new int[nodes][];
    this.nodeVolts = new double[nodes];
    this.group = new int[connectors.size()];
    Arrays.fill(limits, NONE);
    for (ConnectorRating connector : connectors) {
      int known = kinds.indexOf(connector.wiring());
      group[connector.number()] = known < 0 ? kinds.size() : known;
      if (known < 0) {
        kinds.add(connector.wiring());
      }
    }
    this.volts =
        kinds.stream()
            .mapToDouble(kind -> kind.map(LoadKind::lineToNeutral).orElse(UNKNOWN_VOLTS))
            .min()
            .orElse(UNKNOWN_VOLTS);
    this.linePhasors = new Phasor[][] {phasors(0), phasors(1), phasors(2)};
  }

  static Conductors of(
      List<MicrogridNode> nodes,
      List<NodeLimit> all,
      List<ConnectorRating> connectors,
      ToIntFunction<UUID> numbers) {
    Conductors conductors = new Conductors(nodes.size() + 1, connectors);
    for (MicrogridNode node : nodes) {
      conductors.nodeVolts[numbers.applyAsInt(node.nodeId())] =
          node.asset().flatMap(AssetFacts::wiring).map(LoadKind::lineToNeutral).orElse(0.0);
      node.asset()
          .map(AssetFacts::conductors)
          .filter(own -> !own.isEmpty())
          .ifPresent(
              own ->
                  conductors.add(numbers.applyAsInt(node.nodeId()), own, "asset:" + node.nodeId()));
    }
    for (NodeLimit limit : all) {
      boolean binds =
          limit.status() == Status.ACTIVE
              && limit.constraintType() != ConstraintType.GENERATION_CAP;
      if (binds && limit.limitAmps().isPresent()) {
        int node = limit.nodeId().map(numbers::applyAsInt).orElse(SiteTree.ROOT);
        conductors.add(node, lines(limit.limitAmps().get()), "node-limit:" + limit.nodeLimitId());
      }
    }
    return conductors;
  }

  private static List<Conductor> lines(LineAmps amps) {
    return List.of(
        new Conductor("L1", amps.l1(), Carries.L1),
        new Conductor("L2", amps.l2(), Carries.L2),
        new Conductor("L3", amps.l3(), Carries.L3));
  }

  private void add(int node, List<Conductor> more, String owner) {
    for (Conductor conductor : more) {
      int count = limits[node].length;
      limits[node] = Arrays.copyOf(limits[node], count + 1);
      refs[node] = count == 0 ? new String[1] : Arrays.copyOf(refs[node], count + 1);
      even[node] = count == 0 ? new double[1] : Arrays.copyOf(even[node], count + 1);
      worst[node] = count == 0 ? new double[1] : Arrays.copyOf(worst[node], count + 1);
      line[node] = count == 0 ? new int[1] : Arrays.copyOf(line[node], count + 1);
      limits[node][count] = limit(conductor);
      refs[node][count] = owner + "#" + conductor.name();
      even[node][count] = LoadKind.mostAmpsPerWatt(volts, conductor.carries(), 0);
      worst[node][count] = LoadKind.mostAmpsPerWatt(volts, conductor.carries(), 1);
      line[node][count] = LINES.indexOf(conductor.carries());
      bounded++;
    }
  }

  private LineLimit limit(Conductor conductor) {
    double[] real = new double[kinds.size()];
    double[] imaginary = new double[kinds.size()];
    for (int kind = 0; kind < real.length; kind++) {
      Phasor amps =
          kinds
              .get(kind)
              .map(wiring -> LoadKind.ampsPerWatt(wiring, conductor.carries()))
              .orElseGet(
                  () ->
                      new Phasor(
                          LoadKind.mostAmpsPerWatt(UNKNOWN_VOLTS, conductor.carries(), 1), 0));
      real[kind] = amps.real();
      imaginary[kind] = amps.imaginary();
    }
    return new LineLimit(conductor.maxAmps(), real, imaginary);
  }

  boolean isAnyBounded() {
    return bounded > 0;
  }

  /** How many ways of being wired there are. */
  int groups() {
    return kinds.size();
  }

  /** Which of them a connector has. */
  int group(int connector) {
    return group[connector];
  }

  /** Whether two connectors make the same currents, as far as any is bounded. */
  boolean isWiredLike(int connector, int other) {
    return bounded == 0 || group[connector] == group[other];
  }

  /** How results name a conductor of a node. */
  String ref(int node, int conductor) {
    return refs[node][conductor];
  }

  /** Names of a node's conductors. */
  int count(int node) {
    return limits[node].length;
  }

  /** What one watt of a connector makes in a line that feeds it, as seen from its voltage. */
  Phasor lineAmpsPerWatt(int connector, int lineNumber) {
    return linePhasors[lineNumber][group[connector]];
  }

  private Phasor[] phasors(int lineNumber) {
    return kinds.stream()
        .map(
            kind ->
                kind.map(wiring -> LoadKind.ampsPerWatt(wiring, LINES.get(lineNumber)))
                    .map(amps -> amps.turned(-VOLTAGE_DEGREES[lineNumber]))
                    .orElse(Phasor.of(0, 0)))
        .toArray(Phasor[]::new);
  }

  /** Volts from line to neutral at a node; 0 where nobody said. */
  double volts(int node) {
    return nodeVolts[node] > 0 ? nodeVolts[node] : volts > UNKNOWN_VOLTS ? volts : 0;
  }

  /** Whether currents of one node flow in the lines of another as they are. */
  boolean isSameVoltage(int node, int other) {
    double one = volts(node);
    double two = volts(other);
    return one == 0 || two == 0 || Math.abs(one - two) < SAME_VOLTAGE * one;
  }

  /** Most that one watt of a load of which only the power is known makes in a line. */
  double mostLineAmpsPerWatt(double imbalance) {
    return LoadKind.mostAmpsPerWatt(volts, Carries.L1, imbalance);
  }

  /**
   * What conductors have left beside loads that nobody controls.
   *
   * @param watts by node: those loads
   * @param measured currents of some of them
   * @param imbalance how evenly the others are spread over lines: 0 evenly, 1 all may be on one
   */
  LineLimit[][] beside(long[] watts, LineLoads measured, double imbalance) {
    LineLimit[][] left = limits.clone();
    for (int node = 0; node < left.length; node++) {
      if (left[node].length > 0 && watts[node] > 0) {
        left[node] = beside(node, watts[node], measured, imbalance);
      }
    }
    return left;
  }

  private LineLimit[] beside(int node, long watts, LineLoads measured, double imbalance) {
    LineLimit[] left = new LineLimit[limits[node].length];
    for (int i = 0; i < left.length; i++) {
      double perWatt = even[node][i] + imbalance * (worst[node][i] - even[node][i]);
      boolean isMeasured = line[node][i] >= 0 && measured.watts(node) > 0;
      double taken =
          isMeasured
              ? measured.amps(node, line[node][i])
                  + perWatt * Math.max(0, watts - measured.watts(node))
              : perWatt * watts;
      left[i] = limits[node][i].withAmps(Math.max(0, limits[node][i].amps() - taken));
    }
    return left;
  }
}
