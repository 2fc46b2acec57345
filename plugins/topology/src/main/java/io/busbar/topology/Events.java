package io.busbar.topology;

import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.topology.SiteStore.Author;
import java.time.Instant;

/** Makes what this plugin tells. */
final class Events {

  private Events() {}

  static TopologyUpdated updated(Microgrid microgrid, Author author, Instant now) {
    return new TopologyUpdated(
        SiteIds.eventId(microgrid.microgridId(), microgrid.version()),
        now,
        author.actor(),
        author.correlationId(),
        microgrid.microgridId(),
        microgrid.version(),
        author.actor());
  }
}
