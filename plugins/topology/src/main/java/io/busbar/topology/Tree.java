package io.busbar.topology;

import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import java.util.List;

/**
 * What is derived from a site's assets.
 *
 * @param nodes parents before children, in the order of the site file
 * @param limits baseline limits, in the order of their nodes
 * @param meters in the order of the site file
 */
record Tree(List<MicrogridNode> nodes, List<NodeLimit> limits, List<Meter> meters) {

  static final Tree EMPTY = new Tree(List.of(), List.of(), List.of());

  Tree {
    nodes = List.copyOf(nodes);
    limits = List.copyOf(limits);
    meters = List.copyOf(meters);
  }
}
