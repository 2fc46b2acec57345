package io.busbar.api.field;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What a driver knows of the device behind one connector, besides its readings.
 *
 * @param microgridId the site
 * @param nodeId the connector
 * @param name reference of the connector in the site file
 * @param driver plugin id of the driver
 * @param address where the driver reaches it, for people
 * @param changedAt when this was last different
 * @param link whether it answers
 * @param lastAnswerAt when it answered last; absent before the first answer
 * @param identity what it says it is
 * @param confirmation how far the newest set-point got
 * @param fallbackWatts what it allows by itself when set-points stop; absent where it does not say
 * @param watchdogSeconds how long after the last set-point that happens; absent where it does not
 *     say
 * @param faults everything that is wrong with it now; empty when nothing is
 */
public record Device(
    UUID microgridId,
    UUID nodeId,
    String name,
    String driver,
    String address,
    Instant changedAt,
    Link link,
    Optional<Instant> lastAnswerAt,
    Identity identity,
    Confirmation confirmation,
    OptionalInt fallbackWatts,
    OptionalInt watchdogSeconds,
    List<DeviceFault> faults) {

  public Device {
    faults = List.copyOf(faults);
  }

  /** Whether a device answers. */
  public enum Link {
    /** Nothing was heard of it yet. */
    CONNECTING,
    ONLINE,
    /** It does not answer; it is tried again after growing pauses. */
    OFFLINE
  }

  /** How far a set-point got, each level more than the last. */
  public enum Confirmation {
    /** There was none yet, or it is in force no more. */
    NONE,
    /** The device acknowledged the write. */
    WRITTEN,
    /** The device shows the value when it is read. */
    STORED,
    /** What is measured kept to it after the time that vehicles have to follow. */
    OBEYED
  }

  /**
   * What a device says it is; each absent where it does not say.
   *
   * @param vendor maker, as the driver knows it
   */
  public record Identity(
      String vendor, Optional<String> model, Optional<String> serial, Optional<String> firmware) {}
}
