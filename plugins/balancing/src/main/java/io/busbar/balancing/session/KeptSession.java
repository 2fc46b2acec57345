package io.busbar.balancing.session;

import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.balancing.SiteSession;
import io.busbar.api.balancing.SiteSession.BegunBy;
import io.busbar.api.field.ChargingSession;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A session as it is kept: what its device says and what was given stand side by side, so that
 * either can change without the other.
 *
 * @param sessionId identity
 * @param microgridId the site
 * @param nodeId the connector
 * @param begunBy who said first that it is there
 * @param pluggedInAt when it began
 * @param unpluggedAt when it ended
 * @param vehicleSeen whether a vehicle was ever at the connector since
 * @param device what its device calls it and says of it
 * @param given what others said of it
 * @param deviceRegister the connector's energy register when the device said the need; empty while
 *     it has not been read
 * @param givenRegister the same when a need was given
 * @param remainingWattHours of an ended one: what was left of its need
 */
public record KeptSession(
    UUID sessionId,
    UUID microgridId,
    UUID nodeId,
    BegunBy begunBy,
    Instant pluggedInAt,
    Optional<Instant> unpluggedAt,
    boolean vehicleSeen,
    Optional<DeviceSide> device,
    SessionNeeds given,
    OptionalLong deviceRegister,
    OptionalLong givenRegister,
    OptionalInt remainingWattHours) {

  /**
   * What the device says.
   *
   * @param sessionId what it calls the session
   * @param needs what it knows of the vehicle
   */
  public record DeviceSide(UUID sessionId, SessionNeeds needs) {}

  /** One that a device began. */
  static KeptSession begunBy(ChargingSession told, OptionalLong register) {
    return new KeptSession(
        told.sessionId(),
        told.microgridId(),
        told.nodeId(),
        BegunBy.DEVICE,
        told.pluggedInAt(),
        Optional.empty(),
        true,
        Optional.of(new DeviceSide(told.sessionId(), Merging.sane(told))),
        SessionNeeds.NONE,
        register,
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  /** One that somebody else begins. */
  public static KeptSession begun(
      UUID sessionId,
      UUID microgridId,
      UUID nodeId,
      Instant at,
      SessionNeeds needs,
      OptionalLong register) {
    return new KeptSession(
        sessionId,
        microgridId,
        nodeId,
        BegunBy.API,
        at,
        Optional.empty(),
        false,
        Optional.empty(),
        needs,
        OptionalLong.empty(),
        register,
        OptionalInt.empty());
  }

  /**
   * The device says something of it. The first time it does, it also knows better when it began. A
   * need that is the same as before counts from when it was said first.
   */
  KeptSession told(ChargingSession told, OptionalLong register) {
    SessionNeeds needs = Merging.sane(told);
    boolean same =
        device
            .map(side -> side.needs().energyNeededWattHours())
            .filter(needs.energyNeededWattHours()::equals)
            .isPresent();
    return new KeptSession(
        sessionId,
        microgridId,
        nodeId,
        begunBy,
        device.isEmpty() ? told.pluggedInAt() : pluggedInAt,
        unpluggedAt,
        true,
        Optional.of(new DeviceSide(told.sessionId(), needs)),
        given,
        same ? deviceRegister : register,
        givenRegister,
        remainingWattHours);
  }

  /** Somebody gives something else for it. */
  public KeptSession given(SessionNeeds needs, OptionalLong register) {
    boolean same = needs.energyNeededWattHours().equals(given.energyNeededWattHours());
    return new KeptSession(
        sessionId,
        microgridId,
        nodeId,
        begunBy,
        pluggedInAt,
        unpluggedAt,
        vehicleSeen,
        device,
        needs,
        deviceRegister,
        same ? givenRegister : register,
        remainingWattHours);
  }

  /** A vehicle is there and the register was read: needs said before that count from now. */
  KeptSession seen(OptionalLong register) {
    boolean ofDevice = device.isPresent() && deviceRegister.isEmpty() && register.isPresent();
    boolean ofGiven =
        given.energyNeededWattHours().isPresent()
            && givenRegister.isEmpty()
            && register.isPresent();
    if (vehicleSeen && !ofDevice && !ofGiven) {
      return this;
    }
    return new KeptSession(
        sessionId,
        microgridId,
        nodeId,
        begunBy,
        pluggedInAt,
        unpluggedAt,
        true,
        device,
        given,
        ofDevice ? register : deviceRegister,
        ofGiven ? register : givenRegister,
        remainingWattHours);
  }

  /** It is over; never before it began. */
  public KeptSession ended(Instant at, OptionalLong register) {
    return new KeptSession(
        sessionId,
        microgridId,
        nodeId,
        begunBy,
        pluggedInAt,
        Optional.of(at.isBefore(pluggedInAt) ? pluggedInAt : at),
        vehicleSeen,
        device,
        given,
        deviceRegister,
        givenRegister,
        remaining(register));
  }

  public boolean lasts() {
    return unpluggedAt.isEmpty();
  }

  /** Whether somebody means it by this id: its own, or its device's. */
  public boolean isCalled(UUID id) {
    return sessionId.equals(id) || device.map(DeviceSide::sessionId).filter(id::equals).isPresent();
  }

  /** What counts, of all that was said. */
  public SessionNeeds needs() {
    return Merging.merged(given, device.map(DeviceSide::needs).orElse(SessionNeeds.NONE));
  }

  /**
   * What is left of the need.
   *
   * @param register the connector's energy register now
   */
  public OptionalInt remaining(OptionalLong register) {
    OptionalInt need = needs().energyNeededWattHours();
    if (!lasts() || need.isEmpty()) {
      return lasts() ? need : remainingWattHours;
    }
    OptionalLong then = given.energyNeededWattHours().isPresent() ? givenRegister : deviceRegister;
    long taken =
        then.isPresent() && register.isPresent()
            ? Math.max(0, register.getAsLong() - then.getAsLong())
            : 0;
    return OptionalInt.of((int) Math.max(0, need.getAsInt() - taken));
  }

  /** As others see it. */
  public SiteSession view(OptionalLong register) {
    SessionNeeds needs = needs();
    return new SiteSession(
        sessionId,
        microgridId,
        nodeId,
        pluggedInAt,
        unpluggedAt,
        needs.energyNeededWattHours(),
        remaining(register),
        needs.departure(),
        needs.priority().orElse(Merging.USUAL_PRIORITY),
        needs.weight().orElse(Merging.USUAL_WEIGHT),
        needs.vehicleMaxWatts(),
        begunBy,
        device.map(DeviceSide::sessionId),
        given);
  }
}
