package io.busbar.modbus.lane;

import io.busbar.modbus.wire.WireException;
import java.util.Map;

/**
 * What happened on a lane since it began.
 *
 * @param requests requests sent
 * @param exceptions answers that were exceptions, by code
 * @param failures answers that did not come or were not to be trusted, by what was wrong
 * @param connections connections made
 */
public record LaneStatistics(
    long requests,
    Map<Integer, Long> exceptions,
    Map<WireException.Kind, Long> failures,
    long connections) {

  public LaneStatistics {
    exceptions = Map.copyOf(exceptions);
    failures = Map.copyOf(failures);
  }

  /** How often an answer failed in this way. */
  public long failures(WireException.Kind kind) {
    return failures.getOrDefault(kind, 0L);
  }
}
