package io.busbar.api.field;

import java.time.Instant;

/** Reply to {@link SetPoint}. */
public sealed interface SetPointReply {

  /**
   * The device has it.
   *
   * @param limitWatts read back from the device; less than was asked where its steps are coarse,
   *     more only where it cannot be set to less
   * @param at when it was read back
   */
  record Confirmed(int limitWatts, Instant at) implements SetPointReply {}

  /**
   * The device did not take it; what it had before stays.
   *
   * @param reasonCode {@code DEVICE_REFUSED}, {@code DEVICE_OFFLINE}, {@code STALE_DECISION} or
   *     {@code READ_BACK_DIFFERS}
   * @param message what happened and what to do about it
   */
  record Refused(String reasonCode, String message) implements SetPointReply {}
}
