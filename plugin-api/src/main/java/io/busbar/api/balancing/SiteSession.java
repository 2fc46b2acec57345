package io.busbar.api.balancing;

import io.busbar.api.field.ChargingSession;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A stay of a vehicle at a connector as balancing knows it, from its device and from whoever else
 * said something of it. What somebody gave stands before what the device says; of two bounds on the
 * vehicle's power the smaller counts.
 *
 * @param sessionId identity
 * @param microgridId the site
 * @param nodeId the connector
 * @param pluggedInAt when it began
 * @param unpluggedAt when it ended; absent while it lasts
 * @param energyNeededWattHours what the vehicle wanted when that was said
 * @param energyRemainingWattHours what of it is left by the connector's register; of an ended one,
 *     what was left then
 * @param departure announced end
 * @param priority larger is more important; 0 is usual
 * @param weight share relative to others; 1 is usual
 * @param vehicleMaxWatts most the vehicle can take
 * @param begunBy who said first that it is there
 * @param deviceSessionId what its device calls it; absent while the device said nothing of it
 * @param given the part that did not come from the device
 */
public record SiteSession(
    UUID sessionId,
    UUID microgridId,
    UUID nodeId,
    Instant pluggedInAt,
    Optional<Instant> unpluggedAt,
    OptionalInt energyNeededWattHours,
    OptionalInt energyRemainingWattHours,
    Optional<Instant> departure,
    int priority,
    double weight,
    OptionalInt vehicleMaxWatts,
    BegunBy begunBy,
    Optional<UUID> deviceSessionId,
    SessionNeeds given) {

  /** Who said first that a session is there. */
  public enum BegunBy {
    /** A driver, told as {@code field.session.v1}. */
    DEVICE,
    /** Somebody who asked for it with {@link SaveSession}. */
    API
  }

  /** In the words of the field. */
  public ChargingSession charging() {
    return new ChargingSession(
        sessionId,
        microgridId,
        nodeId,
        pluggedInAt,
        unpluggedAt,
        energyNeededWattHours,
        departure,
        priority,
        weight,
        vehicleMaxWatts);
  }
}
