package io.busbar.api.envelope;

import java.util.List;

/** Reply to {@link SubmitEnvelope}; stored before it is given. */
public sealed interface SubmitReply {

  /**
   * It counts from now on.
   *
   * @param envelope as it was taken
   * @param duplicate whether the same was there already; nothing was stored or told then
   */
  record Accepted(OperatingEnvelope envelope, boolean duplicate) implements SubmitReply {}

  /**
   * It is kept as REJECTED and never counts.
   *
   * @param envelope as it was kept
   * @param reasonCode {@code UNKNOWN_NODE}, {@code UNKNOWN_CONTROL_POINT}, {@code WINDOW_EMPTY},
   *     {@code WINDOW_PAST}, {@code END_MISSING}, {@code SOURCE_REF_INVALID}, {@code
   *     BLOCKS_MISSING}, {@code BLOCK_EMPTY}, {@code BLOCK_OUTSIDE_WINDOW}, {@code BLOCKS_OVERLAP},
   *     {@code BLOCK_WITHOUT_VALUE}, {@code BLOCK_NEGATIVE}, {@code BLOCK_VALUES_CONTRADICT} or
   *     {@code CIRCUIT_NOT_UNIQUE}
   * @param message what is wrong
   * @param details each place and its problem
   */
  record Rejected(
      OperatingEnvelope envelope, String reasonCode, String message, List<String> details)
      implements SubmitReply {
    public Rejected {
      details = List.copyOf(details);
    }
  }
}
