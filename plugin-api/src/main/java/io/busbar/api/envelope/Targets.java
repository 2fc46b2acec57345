package io.busbar.api.envelope;

import java.util.Set;
import java.util.UUID;

/** Nodes that PENDING and ACTIVE envelopes bound: they are not to be removed. */
public record Targets(Set<UUID> nodeIds) {
  public Targets {
    nodeIds = Set.copyOf(nodeIds);
  }
}
