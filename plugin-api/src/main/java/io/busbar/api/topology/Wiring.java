package io.busbar.api.topology;

/**
 * How an asset is connected.
 *
 * @param volts nominal voltage: line to neutral for one or three phases, line to line for a pair
 * @param phases which lines it uses
 */
public record Wiring(int volts, Phases phases) {

  /** Lines used. */
  public enum Phases {
    L1(1),
    L2(1),
    L3(1),
    L1L2(1),
    L2L3(1),
    L3L1(1),
    L1L2L3(3);

    private final int circuits;

    Phases(int circuits) {
      this.circuits = circuits;
    }
  }

  /** Watts that one ampere per phase carries at nominal voltage. */
  public int wattsPerAmp() {
    return volts * phases.circuits;
  }
}
