package io.busbar.api.capability;

/** Reply to {@link RecordStatus}. */
public sealed interface RecordReply {

  /**
   * It is in the history, for good.
   *
   * @param event the event
   * @param duplicate whether it was there already; then {@code event} is the one that was there
   */
  record Recorded(StatusEvent event, boolean duplicate) implements RecordReply {}

  /**
   * It is not.
   *
   * @param rule {@code UNKNOWN_CONTROL_POINT}, {@code REPORTED_BY_MISMATCH}, {@code
   *     OBSERVED_IN_FUTURE}, {@code OBSERVED_TOO_EARLY}, {@code STATUS_INVALID} or {@code
   *     NOT_STORABLE}
   * @param message what is wrong and what was expected
   */
  record Refused(String rule, String message) implements RecordReply {}
}
