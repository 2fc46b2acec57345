package io.busbar.api.field;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A stay of a vehicle at a connector. Told again with the same {@code session_id} when something
 * changes.
 *
 * @param sessionId identity
 * @param microgridId the site
 * @param nodeId the connector
 * @param pluggedInAt when it began
 * @param unpluggedAt when it ended; absent while it lasts
 * @param energyNeededWattHours what the vehicle still wants, where known
 * @param departure announced end, where known
 * @param priority larger is more important; 0 is usual
 * @param weight share relative to others, &gt; 0; 1 is usual
 * @param vehicleMaxWatts most the vehicle can take, where known
 */
public record ChargingSession(
    UUID sessionId,
    UUID microgridId,
    UUID nodeId,
    Instant pluggedInAt,
    Optional<Instant> unpluggedAt,
    OptionalInt energyNeededWattHours,
    Optional<Instant> departure,
    int priority,
    double weight,
    OptionalInt vehicleMaxWatts) {}
