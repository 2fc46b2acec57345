package io.busbar.api.simulator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What nodes physically carried since the last such event, whatever anybody measured of it.
 *
 * @param microgridId the site
 * @param at when it was taken
 * @param loads one per node, and one under the microgrid's id for the site as a whole
 */
public record NodeLoads(UUID microgridId, Instant at, List<Load> loads) {
  public NodeLoads {
    loads = List.copyOf(loads);
  }

  /**
   * Power of one node, consumption positive.
   *
   * @param nodeId the node
   * @param lowestWatts lowest of all seconds
   * @param highestWatts highest of all seconds
   * @param watts now
   */
  public record Load(UUID nodeId, int lowestWatts, int highestWatts, int watts) {}
}
