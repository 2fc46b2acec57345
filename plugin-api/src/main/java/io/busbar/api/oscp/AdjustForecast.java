package io.busbar.api.oscp;

import java.time.Instant;
import java.util.List;

/**
 * Asks the grid operator for another forecast.
 *
 * @param connectionId the connection
 * @param groupId the partner's name of the group
 * @param generation whether it is about export; else about import
 * @param blocks what is wanted, in absolute values, ordered, not overlapping
 * @param actor who asks
 * @param correlationId ties it to what caused it
 */
public record AdjustForecast(
    String connectionId,
    String groupId,
    boolean generation,
    List<Block> blocks,
    String actor,
    String correlationId) {

  public AdjustForecast {
    blocks = List.copyOf(blocks);
  }

  /**
   * A stretch of time.
   *
   * @param from begin, inclusive
   * @param to end, exclusive
   * @param watts what is wanted, ≥ 0
   */
  public record Block(Instant from, Instant to, int watts) {}
}
