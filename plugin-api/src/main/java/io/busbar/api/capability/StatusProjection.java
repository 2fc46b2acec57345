package io.busbar.api.capability;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The latest status of a control point.
 *
 * @param freshnessSeconds seconds since it was observed, at the time of the answer; never negative
 */
public record StatusProjection(
    UUID microgridId,
    UUID controlPointId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    UUID statusEventId,
    String latestOperationalStatus,
    ControlSource reportedBy,
    Instant lastObservedAt,
    Instant lastIngestedAt,
    long freshnessSeconds,
    Optional<Map<String, Object>> statusDetail) {

  public StatusProjection {
    statusDetail = statusDetail.map(map -> Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }
}
