package io.busbar.api.topology;

import io.busbar.api.topology.MicrogridNode.NodeType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** Reply to {@link QueryNodes}. */
public sealed interface NodeCollection {

  /**
   * The nodes.
   *
   * @param version version of the tree they were taken from
   * @param members in the order of the tree
   * @param total over all of them
   * @param byType over those of each type that occurs
   */
  record Found(int version, List<Member> members, Totals total, Map<NodeType, Totals> byType)
      implements NodeCollection {
    public Found {
      members = List.copyOf(members);
      byType = Map.copyOf(byType);
    }
  }

  /** There is no such node to look under. */
  record NotFound(UUID under) implements NodeCollection {}

  /**
   * A node and what was measured of it last.
   *
   * @param measuredWatts what it consumes; negative when it generates; absent when nothing recent
   *     is known
   */
  record Member(MicrogridNode node, OptionalInt measuredWatts) {}

  /**
   * Sums.
   *
   * @param count how many nodes
   * @param ratedWatts sum of their ratings
   * @param measuredWatts sum of what is measured
   * @param measured how many of them are measured
   */
  record Totals(int count, long ratedWatts, long measuredWatts, int measured) {}
}
