package io.busbar.balancing.record;

import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.RebalanceRequested;
import java.util.List;
import java.util.Optional;

/**
 * What one cycle leaves behind, to be kept and told together.
 *
 * @param requested the request behind it
 * @param completed the cycle
 * @param breaches breaches it opened or closed
 * @param resolved told when demand began or ceased to be measured
 */
public record Kept(
    Optional<RebalanceRequested> requested,
    CycleCompleted completed,
    List<BreachChanged> breaches,
    Optional<DemandResolved> resolved) {

  public Kept {
    breaches = List.copyOf(breaches);
  }
}
