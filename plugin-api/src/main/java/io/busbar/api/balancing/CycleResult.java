package io.busbar.api.balancing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What one cycle decided.
 *
 * @param cycleId identity
 * @param microgridId the site
 * @param nodeId the subtree it was narrowed to
 * @param topologyVersion version of the tree it decided on
 * @param startedAt when its inputs were frozen
 * @param endedAt when it had decided
 * @param outcome how it ended
 * @param reasonCodes in the fixed order of {@link ReasonCode}, each at most once
 * @param allocationSummary who wanted and got what
 * @param breaches measured values over a limit, open at that time
 * @param audit who caused it and what it was decided on
 */
public record CycleResult(
    UUID cycleId,
    UUID microgridId,
    Optional<UUID> nodeId,
    int topologyVersion,
    Instant startedAt,
    Instant endedAt,
    Outcome outcome,
    List<ReasonCode> reasonCodes,
    AllocationSummary allocationSummary,
    List<Breach> breaches,
    Audit audit) {

  public CycleResult {
    reasonCodes = List.copyOf(reasonCodes);
    breaches = List.copyOf(breaches);
  }

  /** How a cycle ended. */
  public enum Outcome {
    /** Every request was met. */
    APPLIED,
    /** At least one request was cut or paused by a limit, or lowered by a fallback. */
    CURTAILED,
    /** Nothing new was applied. */
    REJECTED
  }

  /**
   * Who caused a cycle and what it was decided on.
   *
   * @param actor who
   * @param source what made it run: {@code schedule}, {@code api}, {@code topology}, {@code
   *     session}
   * @param correlationId ties it to a request
   * @param policyVersion version of the balancing settings, a digest
   * @param inputDigest SHA-256 of everything it was decided on, hexadecimal
   * @param resultDigest SHA-256 of outcome, reason codes and allocation, hexadecimal; what a replay
   *     has to come to. Absent in cycles from before there were replays
   */
  public record Audit(
      String actor,
      String source,
      String correlationId,
      String policyVersion,
      String inputDigest,
      Optional<String> resultDigest) {}
}
