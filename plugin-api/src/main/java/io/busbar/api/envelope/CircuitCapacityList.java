package io.busbar.api.envelope;

import java.util.List;

/** Capacities, ordered by circuit id. */
public record CircuitCapacityList(List<CircuitCapacity> capacities) {
  public CircuitCapacityList {
    capacities = List.copyOf(capacities);
  }
}
