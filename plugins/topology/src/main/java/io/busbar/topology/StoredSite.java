package io.busbar.topology;

import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologySnapshot;
import java.util.Map;

/**
 * A site as it is stored.
 *
 * @param microgrid ids, name and version
 * @param assets the document as imported
 * @param tree what is derived from it
 */
record StoredSite(Microgrid microgrid, Map<String, Object> assets, Tree tree) {

  TopologySnapshot snapshot() {
    return new TopologySnapshot(microgrid, tree.nodes(), tree.limits(), tree.meters());
  }
}
