package io.busbar.api.topology;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/** What the topology store answers and tells. Since 0.1. */
public interface TopologyAddresses {

  /**
   * Imports a site, or replaces its assets. Stored before it is answered; told as {@link #UPDATED}.
   * Refused with every problem found, nothing stored.
   */
  Request<ImportSite, ImportReply> IMPORT_SITE =
      Request.of("topology.import_site.v1", ImportSite.class, ImportReply.class)
          .within(Duration.ofSeconds(30));

  /** All sites, ordered by name. */
  Request<ListSites, SiteList> LIST_SITES =
      Request.of("topology.list_sites.v1", ListSites.class, SiteList.class);

  /** The assets of one depot as they were imported. */
  Request<GetSite, SiteReply> GET_SITE =
      Request.of("topology.get_site.v1", GetSite.class, SiteReply.class);

  /**
   * Rebuilds the derived tree from the depot's assets, keeping the {@code node_id} of every node
   * whose asset still exists. Changes nothing, the version included, when nothing differs.
   */
  Request<Resync, ResyncReply> RESYNC =
      Request.of("topology.resync.v1", Resync.class, ResyncReply.class)
          .within(Duration.ofSeconds(30));

  /** The tree of one microgrid with its limits and ratings; keyed by {@code microgrid_id}. */
  Request<GetSnapshot, TopologySnapshot> SNAPSHOT =
      Request.of("topology.snapshot.v1", GetSnapshot.class, TopologySnapshot.class);

  /**
   * Edits the tree; keyed by {@code microgrid_id}. All or nothing; stored before it is answered;
   * told as {@link #UPDATED}. Of two edits of one version one wins, the other gets {@link
   * EditReply.VersionConflict}. Since 0.2.
   */
  Request<EditTopology, EditReply> EDIT =
      Request.of("topology.edit.v1", EditTopology.class, EditReply.class)
          .within(Duration.ofSeconds(30));

  /** The tree at an earlier version; keyed by {@code microgrid_id}. Since 0.2. */
  Request<GetSnapshotAt, VersionReply> SNAPSHOT_AT =
      Request.of("topology.snapshot_at.v1", GetSnapshotAt.class, VersionReply.class)
          .within(Duration.ofSeconds(15));

  /** What changed between two versions; keyed by {@code microgrid_id}. Since 0.2. */
  Request<GetDiff, DiffReply> DIFF =
      Request.of("topology.diff.v1", GetDiff.class, DiffReply.class).within(Duration.ofSeconds(15));

  /**
   * Creates or changes a limit; keyed by {@code microgrid_id}. Told as {@link #NODE_LIMIT_UPDATED}.
   * A limit that somebody set sets the derived one of the same node and type aside while it is
   * active, and is never above the asset's rating. Since 0.2.
   */
  Request<SetNodeLimit, NodeLimitReply> SET_NODE_LIMIT =
      Request.of("topology.set_node_limit.v1", SetNodeLimit.class, NodeLimitReply.class)
          .within(Duration.ofSeconds(30));

  /**
   * Creates or changes a control point; keyed by {@code microgrid_id}. Told as {@link
   * #CONTROL_POINT_UPDATED}. Since 0.2.
   */
  Request<SaveControlPoint, ControlPointReply> SAVE_CONTROL_POINT =
      Request.of("topology.save_control_point.v1", SaveControlPoint.class, ControlPointReply.class)
          .within(Duration.ofSeconds(30));

  /** All control points; keyed by {@code microgrid_id}. Since 0.2. */
  Request<ListControlPoints, ControlPointList> CONTROL_POINTS =
      Request.of("topology.control_points.v1", ListControlPoints.class, ControlPointList.class);

  /**
   * Nodes by what they are and can, not by where they stand; keyed by {@code microgrid_id}. Since
   * 0.2.
   */
  Request<QueryNodes, NodeCollection> COLLECTION =
      Request.of("topology.collection.v1", QueryNodes.class, NodeCollection.class);

  /** A limit was created or changed; keyed by {@code microgrid_id}. Since 0.2. */
  Topic<NodeLimitUpdated> NODE_LIMIT_UPDATED =
      Topic.of("microgrid.node_limit_updated.v1", NodeLimitUpdated.class);

  /** A control point was created or changed; keyed by {@code microgrid_id}. Since 0.2. */
  Topic<ControlPointUpdated> CONTROL_POINT_UPDATED =
      Topic.of("microgrid.capability_control_point_updated.v1", ControlPointUpdated.class);

  /** A microgrid was imported or its tree changed; keyed by {@code microgrid_id}. */
  Topic<TopologyUpdated> UPDATED = Topic.of("microgrid.topology_updated.v1", TopologyUpdated.class);
}
