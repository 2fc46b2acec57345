package io.busbar.balancing.record;

import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.RebalanceRequested;
import io.busbar.balancing.replay.Inputs;
import io.busbar.balancing.replay.StoredCycle;
import java.util.List;
import java.util.Optional;

/**
 * What one cycle leaves behind, to be kept and told together.
 *
 * @param requested the request behind it
 * @param completed the cycle
 * @param inputs what it was decided on; absent where that had to be dropped
 * @param breaches breaches it opened or closed
 * @param resolved told when demand began or ceased to be measured
 */
public record Kept(
    Optional<RebalanceRequested> requested,
    CycleCompleted completed,
    Optional<Inputs> inputs,
    List<BreachChanged> breaches,
    Optional<DemandResolved> resolved) {

  public Kept {
    breaches = List.copyOf(breaches);
  }

  StoredCycle stored() {
    return new StoredCycle(completed.cycle(), inputs);
  }

  /** The same with other inputs. */
  Kept with(Optional<Inputs> others) {
    return new Kept(requested, completed, others, breaches, resolved);
  }
}
