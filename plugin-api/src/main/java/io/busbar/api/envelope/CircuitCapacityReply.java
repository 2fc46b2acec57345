package io.busbar.api.envelope;

import java.util.UUID;

/** Reply to {@link GetCircuitCapacity}. */
public sealed interface CircuitCapacityReply {

  /** What it can carry. */
  record Found(CircuitCapacity capacity) implements CircuitCapacityReply {}

  /** No managed grid connection of this microgrid is fed by exactly that circuit. */
  record NotManaged(UUID circuitId) implements CircuitCapacityReply {}
}
