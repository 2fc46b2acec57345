package io.busbar.balancing.replay;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.ReasonCode;
import java.util.List;
import java.util.OptionalInt;

/**
 * SHA-256 of what a cycle decided: outcome, reason codes in their order, the sums, and for each
 * node in the order of the tree every field of its allocation. Ids, times and who asked are not
 * part of it, nor are breaches, which follow from more than one cycle.
 */
public final class ResultDigest {

  private final Sha256 sha256 = new Sha256();

  private ResultDigest() {}

  /** The digest in hexadecimal. */
  public static String of(Outcome outcome, List<ReasonCode> reasons, AllocationSummary summary) {
    ResultDigest digest = new ResultDigest();
    digest.sha256.put(outcome.name()).put(reasons.size());
    reasons.forEach(reason -> digest.sha256.put(reason.name()));
    digest.put(summary);
    return digest.sha256.hex();
  }

  /** The digest of a cycle. */
  static String of(CycleResult cycle) {
    return of(cycle.outcome(), cycle.reasonCodes(), cycle.allocationSummary());
  }

  private void put(AllocationSummary summary) {
    sha256
        .put(summary.requestedWatts())
        .put(summary.allocatedWatts())
        .put(summary.uncontrolledWatts())
        .put(summary.byNode().size());
    summary.byNode().forEach(this::put);
  }

  private void put(NodeAllocation line) {
    sha256
        .put(line.nodeId().getMostSignificantBits())
        .put(line.nodeId().getLeastSignificantBits())
        .put(line.requestedWatts())
        .put(line.allocatedWatts())
        .put(line.uncontrolledWatts());
    put(line.measuredWatts());
    put(line.limitWatts());
    sha256.put(line.bindingConstraintRef().orElse(""));
    line.bindingNodeId()
        .ifPresentOrElse(
            id -> sha256.put(id.getMostSignificantBits()).put(id.getLeastSignificantBits()),
            () -> sha256.put(0).put(0));
    sha256.put(line.sourceMode().name());
  }

  /** Absence is no number that a power can be. */
  private void put(OptionalInt watts) {
    sha256.put(watts.isPresent() ? watts.getAsInt() : Long.MIN_VALUE);
  }
}
