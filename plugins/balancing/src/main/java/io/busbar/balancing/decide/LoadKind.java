package io.busbar.balancing.decide;

import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.Wiring;

/** The current that one watt of a load makes in a conductor, by how the load is wired. */
final class LoadKind {

  private static final double SQRT3 = Math.sqrt(3);

  private LoadKind() {}

  static Phasor ampsPerWatt(Wiring wiring, Carries carries) {
    double amps = 1.0 / wiring.wattsPerAmp();
    return switch (wiring.phases()) {
      case L1 -> Phasor.of(amps * carries.l1(), 0);
      case L2 -> Phasor.of(amps * carries.l2(), -120);
      case L3 -> Phasor.of(amps * carries.l3(), 120);
      case L1L2 -> Phasor.of(amps * carries.l1l2(), 30);
      case L2L3 -> Phasor.of(amps * carries.l2l3(), -90);
      case L3L1 -> Phasor.of(amps * carries.l3l1(), 150);
      case L1L2L3 -> spread(amps, carries);
    };
  }

  private static Phasor spread(double amps, Carries carries) {
    return Phasor.of(amps * carries.l1(), 0)
        .plus(Phasor.of(amps * carries.l2(), -120))
        .plus(Phasor.of(amps * carries.l3(), 120));
  }

  /**
   * The most that one watt of a load of which only the power is known can make, in amperes.
   *
   * @param volts line to neutral
   * @param imbalance 0 when it is spread evenly, 1 when all of it may be on one line
   */
  static double mostAmpsPerWatt(double volts, Carries carries, double imbalance) {
    double even = spread(1 / (3 * volts), carries).magnitude();
    double single = Math.max(carries.l1(), Math.max(carries.l2(), carries.l3())) / volts;
    double pair =
        Math.max(
                Math.abs(carries.l1l2()),
                Math.max(Math.abs(carries.l2l3()), Math.abs(carries.l3l1())))
            / (SQRT3 * volts);
    double worst = Math.max(even, Math.max(single, pair));
    return even + imbalance * (worst - even);
  }

  /** Volts from line to neutral where a load is wired. */
  static double lineToNeutral(Wiring wiring) {
    return switch (wiring.phases()) {
      case L1L2, L2L3, L3L1 -> wiring.volts() / SQRT3;
      case L1, L2, L3, L1L2L3 -> wiring.volts();
    };
  }
}
