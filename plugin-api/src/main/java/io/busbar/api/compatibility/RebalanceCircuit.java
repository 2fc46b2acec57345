package io.busbar.api.compatibility;

import java.util.UUID;

/**
 * Asks for one cycle of a circuit.
 *
 * @param circuitId the circuit asset
 * @param actor who asks
 * @param correlationId makes it idempotent
 */
public record RebalanceCircuit(UUID circuitId, String actor, String correlationId) {}
