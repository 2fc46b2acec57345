package io.busbar.api.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A capability that somebody controls: configuration, not status.
 *
 * @param controlPointId identity
 * @param microgridId the microgrid
 * @param nodeId what it controls; absent for the whole microgrid
 * @param capabilityType what it is good for
 * @param state at most one is enabled per node and capability
 * @param controlSource who controls it, and reports its status
 * @param description for people
 * @param localConfig settings of a LOCAL one; nested maps, lists, strings, numbers, booleans
 * @param externalConfigType kind of configuration elsewhere, such as {@code OSCP_CONFIGURATION};
 *     EXTERNAL only
 * @param externalConfigRef opaque reference to it; EXTERNAL only
 * @param scheduleRef reference to a schedule; LOCAL only
 */
public record ControlPoint(
    UUID controlPointId,
    UUID microgridId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    State state,
    ControlSource controlSource,
    String description,
    Optional<Map<String, Object>> localConfig,
    Optional<String> externalConfigType,
    Optional<String> externalConfigRef,
    Optional<String> scheduleRef) {

  public ControlPoint {
    localConfig = localConfig.map(map -> Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }

  /** What a capability is good for. */
  public enum CapabilityType {
    LOAD_BALANCING,
    PEAK_SHAVING,
    DER,
    ENERGY_OPTIMISATION
  }

  /** Whether it is in use; in JSON in small letters. */
  public enum State {
    enabled,
    disabled
  }

  /** Who controls it. */
  public enum ControlSource {
    LOCAL,
    EXTERNAL
  }
}
