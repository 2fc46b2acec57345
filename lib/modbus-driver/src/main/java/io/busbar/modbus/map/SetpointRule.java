package io.busbar.modbus.map;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a limit is set.
 *
 * @param register key of the register that is written
 * @param unit whether it is amperes per phase or watts
 * @param off value that pauses
 * @param least smallest value above {@code off}
 * @param step resolution
 * @param hold value to set where the device has no clean {@code off}; it may draw that much
 * @param readBack key of the register that shows what was written
 * @param inForce tells whether what was written counts
 * @param mostRegister key of the register with the most the device can be set to
 * @param takeUpSeconds time until the vehicle has to obey
 */
public record SetpointRule(
    String register,
    Unit unit,
    double off,
    double least,
    double step,
    OptionalDouble hold,
    String readBack,
    Optional<InForce> inForce,
    Optional<String> mostRegister,
    int takeUpSeconds) {

  /** What a limit is counted in. */
  public enum Unit {
    A,
    W
  }

  /**
   * Tells whether what was written counts, or the device is on its fallback.
   *
   * @param register key of the register
   * @param equals what it says while the written value counts
   */
  public record InForce(String register, double equals) {}
}
