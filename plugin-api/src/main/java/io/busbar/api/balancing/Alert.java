package io.busbar.api.balancing;

import java.util.Optional;
import java.util.UUID;

/**
 * Something at a site that needs a person, as of its last cycle. Follows from what is known then;
 * it is gone when its cause is.
 *
 * @param kind what it is
 * @param nodeId where; absent for the whole site
 * @param ref the limit, meter or device
 * @param message what is wrong and what is done about it meanwhile, for people
 */
public record Alert(Kind kind, Optional<UUID> nodeId, String ref, String message) {

  /** What needs a person, most serious first. */
  public enum Kind {
    /** A limit is exceeded by what is measured. */
    BREACH_OPEN,
    /** Nothing usable is known of a meter: what hangs from there is at its fail-safe value. */
    METER_BLIND,
    /** A device takes no set-points. */
    SET_POINT_REFUSED,
    /** Nothing was heard of a device lately. */
    DEVICE_SILENT,
    /** A measured value failed a check, so that it counts as missing. */
    VALUE_DISBELIEVED,
    /** A value was derived because none was measured lately. */
    FALLBACK_IN_USE
  }
}
