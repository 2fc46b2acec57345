package io.busbar.api.topology;

import java.util.List;

/**
 * A microgrid at one version: everything the balancing engine needs to know of its structure.
 *
 * @param microgrid name, ids and version
 * @param nodes parents before children, siblings by {@code display_order}, then {@code node_id}
 * @param limits ACTIVE and INACTIVE limits
 * @param meters metering points, each at a node
 */
public record TopologySnapshot(
    Microgrid microgrid, List<MicrogridNode> nodes, List<NodeLimit> limits, List<Meter> meters) {
  public TopologySnapshot {
    nodes = List.copyOf(nodes);
    limits = List.copyOf(limits);
    meters = List.copyOf(meters);
  }
}
