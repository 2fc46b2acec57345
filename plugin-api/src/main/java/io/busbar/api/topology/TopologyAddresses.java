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

  /** A microgrid was imported or its tree changed; keyed by {@code microgrid_id}. */
  Topic<TopologyUpdated> UPDATED = Topic.of("microgrid.topology_updated.v1", TopologyUpdated.class);
}
