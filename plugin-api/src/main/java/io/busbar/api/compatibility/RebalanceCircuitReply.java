package io.busbar.api.compatibility;

import io.busbar.api.balancing.CycleResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reply to {@link RebalanceCircuit}. */
public sealed interface RebalanceCircuitReply {

  /**
   * The cycle ran.
   *
   * @param circuitId the circuit as it was asked for
   * @param microgridId what it belongs to
   * @param nodeId the node that stands for it
   * @param cycle the result
   * @param connectors what its connectors got, by the ids of their assets, in tree order
   */
  record Completed(
      UUID circuitId,
      UUID microgridId,
      UUID nodeId,
      CycleResult cycle,
      List<ConnectorShare> connectors)
      implements RebalanceCircuitReply {
    public Completed {
      connectors = List.copyOf(connectors);
    }
  }

  /** What one connector wanted and got, in watts. */
  record ConnectorShare(
      UUID connectorId,
      String ref,
      int requestedWatts,
      int allocatedWatts,
      Optional<String> bound) {}

  /**
   * The circuit could not be translated.
   *
   * @param reasonCode {@code CIRCUIT_ALIAS_NOT_RESOLVABLE}
   * @param message what is wrong
   */
  record Unresolvable(String reasonCode, String message) implements RebalanceCircuitReply {}

  /**
   * It was translated, and balancing refused.
   *
   * @param reasonCode as balancing said
   * @param message as balancing said
   * @param missingInputs refs of what is missing
   * @param safeActionTaken what was done instead
   */
  record Refused(
      String reasonCode, String message, List<String> missingInputs, String safeActionTaken)
      implements RebalanceCircuitReply {
    public Refused {
      missingInputs = List.copyOf(missingInputs);
    }
  }
}
