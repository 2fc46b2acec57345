package io.busbar.modbus.map;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a device does when it hears nothing any more.
 *
 * @param fedBy what it has to hear
 * @param seconds its timeout unless it says or is configured otherwise
 * @param timeoutRegister key of the register that shows the timeout
 * @param off value of it that means that there is no watchdog
 * @param fallbackRegister key of the register with the limit it falls back to
 * @param noFallback value of it that means that it stops altogether
 */
public record WatchdogRule(
    FedBy fedBy,
    int seconds,
    Optional<String> timeoutRegister,
    OptionalDouble off,
    Optional<String> fallbackRegister,
    OptionalDouble noFallback) {

  /** What keeps a watchdog from running out. */
  public enum FedBy {
    ANY_REQUEST,
    ANY_WRITE,
    SETPOINT
  }
}
