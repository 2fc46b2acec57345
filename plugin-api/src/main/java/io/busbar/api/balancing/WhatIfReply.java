package io.busbar.api.balancing;

import io.busbar.api.balancing.CycleResult.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reply to {@link WhatIf}. */
public sealed interface WhatIfReply {

  /**
   * What would have been decided.
   *
   * @param microgridId the site
   * @param topologyVersion version of the tree
   * @param inputsAt when the inputs were frozen that were not changed
   * @param outcome how the cycle would have ended
   * @param reasonCodes in the fixed order of {@link ReasonCode}
   * @param allocationSummary who would have got what
   */
  record Decided(
      UUID microgridId,
      int topologyVersion,
      Instant inputsAt,
      Outcome outcome,
      List<ReasonCode> reasonCodes,
      AllocationSummary allocationSummary)
      implements WhatIfReply {
    public Decided {
      reasonCodes = List.copyOf(reasonCodes);
    }
  }

  /**
   * It could not be decided.
   *
   * @param reasonCode {@code NODE_UNKNOWN}, {@code NOT_A_CONNECTOR}, {@code NEGATIVE_LIMIT}, {@code
   *     BAD_WEIGHT} or {@code NO_CYCLE_YET}
   * @param message what is wrong
   */
  record Refused(String reasonCode, String message) implements WhatIfReply {}
}
