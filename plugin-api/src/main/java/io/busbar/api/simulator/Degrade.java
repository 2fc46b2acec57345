package io.busbar.api.simulator;

import java.util.List;
import java.util.UUID;

/**
 * Asks to begin or to end a degradation.
 *
 * @param what which
 * @param begin true to begin, false to end
 * @param nodeIds connectors or metered nodes; empty for all of the site
 * @param delaySeconds of {@link What#DEVICE_SLOW}: how late a set-point takes effect
 */
public record Degrade(What what, boolean begin, List<UUID> nodeIds, int delaySeconds) {
  public Degrade {
    nodeIds = List.copyOf(nodeIds);
  }

  /** What goes wrong in the field. Several can go wrong at once. */
  public enum What {
    /** Nothing is told of the node. */
    READINGS_MISSING,
    /** The last reading is told again and again, with its own time. */
    READINGS_STALE,
    /** The last values are told again and again, as if they had just been measured. */
    READINGS_FROZEN,
    /** A device that cannot be reached: no readings, set-points get no reply and no effect. */
    DEVICE_OFFLINE,
    /** A device that takes and confirms set-points late. */
    DEVICE_SLOW,
    /** A device that refuses every set-point with {@code DEVICE_REFUSED}. */
    DEVICE_REFUSING
  }
}
