package io.busbar.modbus.plugin;

import io.busbar.api.Metrics;
import io.busbar.modbus.lane.Lane;
import io.busbar.modbus.lane.LaneStatistics;
import io.busbar.modbus.wire.Peer;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What happened on connections, for Prometheus; counted since the driver began. */
final class LaneMeters {

  private final Metrics metrics;
  private final String[] tags;

  LaneMeters(Metrics metrics, String driver, Peer peer) {
    this.metrics = metrics;
    this.tags = new String[] {"driver", driver, "peer", peer.toString()};
  }

  void of(Lane lane) {
    meter(lane, "requests", "Requests sent", LaneStatistics::requests);
    meter(lane, "connections", "Connections made", LaneStatistics::connections);
    meter(lane, "exceptions", "Answers that were exceptions", each -> sum(each.exceptions()));
    meter(
        lane,
        "failures",
        "Answers that did not come or were not to be trusted",
        each -> sum(each.failures()));
  }

  private void meter(
      Lane lane, String name, String description, ToLongFunction<LaneStatistics> value) {
    metrics.gauge("modbus_" + name, description, () -> value.applyAsLong(lane.statistics()), tags);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
