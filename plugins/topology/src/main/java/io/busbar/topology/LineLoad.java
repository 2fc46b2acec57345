package io.busbar.topology;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads by how they are wired, and the most current that they can make in a conductor. */
final class LineLoad {

  /** A current as a complex number. */
  private record Phasor(double real, double imaginary) {
    static Phasor of(double amps, double degrees) {
      double angle = Math.toRadians(degrees);
      return new Phasor(amps * Math.cos(angle), amps * Math.sin(angle));
    }

    Phasor plus(Phasor other) {
      return new Phasor(real + other.real, imaginary + other.imaginary);
    }

    double along(double angle) {
      return real * Math.cos(angle) + imaginary * Math.sin(angle);
    }

    double angle() {
      return Math.atan2(imaginary, real);
    }

    double amps() {
      return Math.hypot(real, imaginary);
    }
  }

  private static final double HAIR = 1e-6;

  private final Map<Wiring, Long> watts = new HashMap<>();

  void add(Wiring wiring, long more) {
    watts.merge(wiring, more, Long::sum);
  }

  /**
   * The most amperes, over all that may or may not draw: some of the loads, those on one side of a
   * line through the origin, always make the most.
   */
  double mostAmps(Conductor conductor) {
    List<Phasor> currents = new ArrayList<>();
    watts.forEach((wiring, sum) -> currents.add(current(wiring, sum, conductor.carries())));
    double most = 0;
    for (Phasor current : currents) {
      for (double turn : new double[] {HAIR - Math.PI / 2, Math.PI / 2 - HAIR}) {
        double side = current.angle() + turn;
        Phasor sum =
            currents.stream()
                .filter(other -> other.along(side) > 0)
                .reduce(new Phasor(0, 0), Phasor::plus);
        most = Math.max(most, sum.amps());
      }
    }
    return most;
  }

  private static Phasor current(Wiring wiring, long watts, Carries carries) {
    double amps = (double) watts / wiring.wattsPerAmp();
    return switch (wiring.phases()) {
      case L1 -> Phasor.of(amps * carries.l1(), 0);
      case L2 -> Phasor.of(amps * carries.l2(), -120);
      case L3 -> Phasor.of(amps * carries.l3(), 120);
      case L1L2 -> Phasor.of(amps * carries.l1l2(), 30);
      case L2L3 -> Phasor.of(amps * carries.l2l3(), -90);
      case L3L1 -> Phasor.of(amps * carries.l3l1(), 150);
      case L1L2L3 ->
          Phasor.of(amps * carries.l1(), 0)
              .plus(Phasor.of(amps * carries.l2(), -120))
              .plus(Phasor.of(amps * carries.l3(), 120));
    };
  }
}
