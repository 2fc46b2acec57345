package io.busbar.topology;

import static io.busbar.api.topology.NodeLimit.ConstraintType.CONSUMPTION_CAP;
import static io.busbar.api.topology.NodeLimit.ConstraintType.GENERATION_CAP;
import static io.busbar.api.topology.NodeLimit.SourceType.FAIL_SAFE;
import static io.busbar.api.topology.NodeLimit.SourceType.PHYSICAL_DERIVED;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits that follow from a node's asset; nobody writes them by hand. */
final class Baseline {

  private Baseline() {}

  /** Limits of one node; none for a VIRTUAL one. */
  static List<NodeLimit> of(MicrogridNode node, Instant now) {
    List<NodeLimit> limits = new ArrayList<>();
    node.asset().ifPresent(asset -> add(limits, node, asset, now));
    return limits;
  }

  private static void add(
      List<NodeLimit> limits, MicrogridNode node, AssetFacts asset, Instant now) {
    limits.add(limit(node, CONSUMPTION_CAP, asset.ratedWatts(), PHYSICAL_DERIVED, now));
    if (node.attachedAssetType().filter(AssetType.CIRCUIT::equals).isPresent()) {
      asset
          .failSafeWatts()
          .ifPresent(watts -> limits.add(limit(node, CONSUMPTION_CAP, watts, FAIL_SAFE, now)));
    }
    asset
        .source()
        .map(AssetFacts.SourceFacts::ratedExportWatts)
        .map(watts -> limit(node, GENERATION_CAP, watts, PHYSICAL_DERIVED, now))
        .ifPresent(limits::add);
  }

  /** A fail-safe capacity is kept ready for the time when the state of the site is uncertain. */
  private static NodeLimit limit(
      MicrogridNode node, ConstraintType type, int watts, SourceType source, Instant now) {
    return new NodeLimit(
        SiteIds.limitId(node.nodeId(), type, source),
        node.microgridId(),
        Optional.of(node.nodeId()),
        type,
        watts,
        Optional.empty(),
        source,
        source == FAIL_SAFE ? Status.INACTIVE : Status.ACTIVE,
        now);
  }

  /** Whether a limit follows from an asset. */
  static boolean isDerived(NodeLimit limit) {
    return limit.sourceType() == PHYSICAL_DERIVED
        || limit
            .nodeId()
            .map(node -> SiteIds.limitId(node, limit.constraintType(), limit.sourceType()))
            .filter(limit.nodeLimitId()::equals)
            .isPresent();
  }
}
