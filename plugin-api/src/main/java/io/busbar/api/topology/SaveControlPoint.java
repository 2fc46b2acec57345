package io.busbar.api.topology;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks to create a control point or to replace what is configured of one; fields as in {@link
 * ControlPoint}.
 *
 * @param controlPointId the one to change; absent to create one
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record SaveControlPoint(
    Optional<UUID> controlPointId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    State state,
    ControlSource controlSource,
    String description,
    Optional<Map<String, Object>> localConfig,
    Optional<String> externalConfigType,
    Optional<String> externalConfigRef,
    Optional<String> scheduleRef,
    String actor,
    String correlationId) {}
