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
 * Asks to append one status to the history of a control point.
 *
 * @param microgridId the microgrid
 * @param controlPointId the control point; absent for the one of the whole microgrid that {@code
 *     capabilityType} selects
 * @param capabilityType needed where {@code controlPointId} is absent
 * @param operationalStatus what is reported; a raw boolean comes as {@code ON} or {@code OFF} with
 *     the boolean kept in {@code statusDetail}
 * @param reportedBy who reports; has to be who controls the control point
 * @param observedAt when that was so
 * @param sourceEventRef the reporter's own name for this report; the same one again is the same
 *     event
 * @param statusDetail raw fields of the reporter; nested maps, lists, strings, numbers, booleans
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record RecordStatus(
    UUID microgridId,
    Optional<UUID> controlPointId,
    Optional<CapabilityType> capabilityType,
    String operationalStatus,
    ControlSource reportedBy,
    Instant observedAt,
    Optional<String> sourceEventRef,
    Optional<Map<String, Object>> statusDetail,
    String actor,
    String correlationId) {

  /** Longest {@code operationalStatus} and {@code sourceEventRef}, in characters. */
  public static final int LONGEST = 500;

  public RecordStatus {
    statusDetail = statusDetail.map(map -> Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }
}
