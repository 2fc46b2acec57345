package io.busbar.api.envelope;

/** Reply to {@link ReportSource}. */
public sealed interface SourceReply {

  /** As it is now. */
  record Known(EnvelopeSource source) implements SourceReply {}

  /**
   * Nothing changed.
   *
   * @param reasonCode {@code UNKNOWN_CONTROL_POINT} or {@code STALE_AFTER_INVALID}
   * @param message what is wrong
   */
  record Refused(String reasonCode, String message) implements SourceReply {}
}
