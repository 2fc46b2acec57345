package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A site as it is stored.
 *
 * @param microgrid ids, name and version
 * @param revision +1 with every change, of whatever; the version rises with the tree alone
 * @param assets what was imported
 * @param tree nodes, limits and meters
 * @param controlPoints ordered by id
 */
record StoredSite(
    Microgrid microgrid,
    long revision,
    StoredAssets assets,
    Tree tree,
    List<ControlPoint> controlPoints) {

  StoredSite {
    controlPoints = List.copyOf(controlPoints);
  }

  TopologySnapshot snapshot() {
    return new TopologySnapshot(microgrid, tree.nodes(), tree.limits(), tree.meters());
  }

  UUID id() {
    return microgrid.microgridId();
  }

  Optional<MicrogridNode> node(UUID nodeId) {
    return tree.find(nodeId);
  }

  /** The same site with another tree, one version later. */
  StoredSite edited(Tree other) {
    Microgrid next =
        new Microgrid(
            id(),
            microgrid.depotId(),
            microgrid.name(),
            microgrid.timeZone(),
            microgrid.version() + 1);
    return new StoredSite(next, revision + 1, assets, other, controlPoints);
  }

  /** The same version of the tree under other limits. */
  StoredSite limited(List<NodeLimit> limits) {
    return new StoredSite(microgrid, revision + 1, assets, tree.limited(limits), controlPoints);
  }

  StoredSite controlled(List<ControlPoint> other) {
    return new StoredSite(microgrid, revision + 1, assets, tree, other);
  }
}
