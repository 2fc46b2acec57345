package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPointUpdated;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimitUpdated;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.topology.Outcome.Telling;
import java.time.Instant;
import java.util.UUID;

/** Makes what this plugin tells. */
final class Events {

  private Events() {}

  /**
   * A tree was imported or edited.
   *
   * @param site afterwards
   */
  static Telling<TopologyUpdated> updated(StoredSite site, Author author, Instant now) {
    UUID eventId = SiteIds.eventId(site.id(), site.microgrid().version());
    TopologyUpdated event =
        new TopologyUpdated(
            eventId,
            now,
            author.actor(),
            author.correlationId(),
            site.id(),
            site.microgrid().version(),
            author.actor());
    return new Telling<>(TopologyAddresses.UPDATED.at(site.id()), event, eventId, now);
  }

  static Telling<NodeLimitUpdated> limited(
      StoredSite site, NodeLimit limit, Author author, Instant now) {
    UUID eventId = SiteIds.eventId(limit.nodeLimitId(), site.revision());
    NodeLimitUpdated event =
        new NodeLimitUpdated(
            eventId,
            now,
            author.actor(),
            author.correlationId(),
            site.id(),
            limit.nodeLimitId(),
            limit.nodeId(),
            limit.constraintType(),
            limit);
    return new Telling<>(TopologyAddresses.NODE_LIMIT_UPDATED.at(site.id()), event, eventId, now);
  }

  static Telling<ControlPointUpdated> controlled(
      StoredSite site, ControlPoint point, Author author, Instant now) {
    UUID eventId = SiteIds.eventId(point.controlPointId(), site.revision());
    ControlPointUpdated event =
        new ControlPointUpdated(
            eventId,
            now,
            author.actor(),
            author.correlationId(),
            site.id(),
            point.controlPointId(),
            point.nodeId(),
            point.capabilityType(),
            point.state(),
            point.controlSource());
    return new Telling<>(
        TopologyAddresses.CONTROL_POINT_UPDATED.at(site.id()), event, eventId, now);
  }
}
