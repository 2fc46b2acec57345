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
 * One status that was reported; never changed once accepted.
 *
 * @param statusEventId identity
 * @param microgridId the microgrid
 * @param controlPointId the control point
 * @param nodeId its node; absent for the whole microgrid
 * @param capabilityType its capability
 * @param operationalStatus what was reported
 * @param reportedBy who reported
 * @param observedAt when that was so
 * @param ingestedAt when it came in
 * @param sourceEventRef the reporter's own name for it
 * @param statusDetail raw fields of the reporter
 */
public record StatusEvent(
    UUID statusEventId,
    UUID microgridId,
    UUID controlPointId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    String operationalStatus,
    ControlSource reportedBy,
    Instant observedAt,
    Instant ingestedAt,
    Optional<String> sourceEventRef,
    Optional<Map<String, Object>> statusDetail) {

  public StatusEvent {
    statusDetail = statusDetail.map(map -> Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }
}
