package io.busbar.api.balancing;

import java.util.List;

/** Reply to {@link Rebalance}. */
public sealed interface RebalanceReply {

  /** The cycle ran; its outcome may still be REJECTED. */
  record Completed(CycleResult result) implements RebalanceReply {}

  /**
   * No cycle could decide anything.
   *
   * @param reasonCode {@code NO_TELEMETRY}, {@code NO_TOPOLOGY} or {@code NODE_UNKNOWN}
   * @param message what to do about it
   * @param missingInputs refs of what is missing
   * @param safeActionTaken what was done instead
   */
  record Refused(
      String reasonCode, String message, List<String> missingInputs, String safeActionTaken)
      implements RebalanceReply {
    public Refused {
      missingInputs = List.copyOf(missingInputs);
    }
  }
}
