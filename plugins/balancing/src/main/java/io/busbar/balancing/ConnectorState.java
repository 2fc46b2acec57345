package io.busbar.balancing;

import io.busbar.api.Request;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.VehicleState;
import io.busbar.balancing.apply.Book;
import io.busbar.balancing.decide.Appetite;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Need;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Standing;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is remembered of one connector from cycle to cycle, and what it puts into a snapshot. */
final class ConnectorState {

  private final Policy policy;
  private final Signal signal;
  private final Appetite appetite;
  private final Request<SetPoint, SetPointReply> address;
  private ConnectorRating rating;
  private Standing standing = Standing.IDLE;
  private ChargingSession session;
  private ChargingSession ended;

  /** The energy register when the session said what it still wanted; empty when it was not read. */
  private OptionalLong registerThen = OptionalLong.empty();

  private int target = Decision.NO_TARGET;

  ConnectorState(ConnectorRating rating, Policy policy, Signal signal) {
    this.rating = rating;
    this.policy = policy;
    this.signal = signal;
    this.appetite = new Appetite(rating, policy);
    this.address = FieldAddresses.SET_POINT.at(rating.nodeId());
  }

  /** The same connector in another version of the tree. */
  void rerate(ConnectorRating newRating) {
    rating = newRating;
    appetite.rerate(newRating);
  }

  /** Takes a session; true if it began or ended. */
  boolean take(ChargingSession told) {
    boolean same = session != null && session.sessionId().equals(told.sessionId());
    if (told.unpluggedAt().isPresent()) {
      if (same || session == null) {
        session = null;
        ended = told;
      }
      return same;
    }
    boolean again = same && session.energyNeededWattHours().equals(told.energyNeededWattHours());
    session = told;
    if (!again) {
      registerThen = signal.energyWattHours();
    }
    if (!same) {
      appetite.begin();
    }
    return !same;
  }

  /** The session that lasts; null when none does. */
  ChargingSession session() {
    return session;
  }

  /** State of the vehicle, from the newer of what the device and what sessions say. */
  VehicleState vehicle() {
    Instant at = signal.vehicleAt();
    VehicleState read = at == null ? VehicleState.NONE : signal.vehicle();
    if (session != null) {
      Instant began = session.pluggedInAt();
      boolean newer = at != null && !at.isBefore(began);
      boolean left = newer && read == VehicleState.NONE && at.isAfter(began);
      return left || (newer && read != VehicleState.NONE) ? read : VehicleState.CONNECTED;
    }
    boolean older = ended != null && at != null && !at.isAfter(ended.unpluggedAt().orElseThrow());
    return older ? VehicleState.NONE : read;
  }

  /** Learns from what was heard last. */
  void observe(Book book) {
    Instant at = signal.vehicleAt();
    if (at == null) {
      return;
    }
    boolean measured = at.equals(signal.powerAt());
    appetite.observe(
        new Appetite.Observation(
            at,
            vehicle(),
            measured ? Math.max(0, signal.powerWatts()) : book.confirmed(),
            book.confirmed(),
            book.confirmedSince(),
            book.isOffering(),
            book.isOffering() ? book.offeredSince() : at));
  }

  /** Whether its device was heard of lately. */
  boolean isFresh(Instant now) {
    return signal.newest() != null && policy.isFresh(signal.newest().measuredAt(), now);
  }

  boolean isHeard() {
    return signal.newest() != null;
  }

  /** Freezes it. */
  ConnectorInput freeze(Book book, int bookedWatts, boolean awaited, Instant now) {
    int want = want();
    standing = standing.wanting(want > 0, now);
    boolean drawKnown = signal.powerAt() != null && policy.isFresh(signal.powerAt(), now);
    return new ConnectorInput(
        awaited,
        isFresh(now) && !book.isDeaf(),
        drawKnown ? signal.powerWatts() : 0,
        bookedWatts,
        want,
        book.confirmed(),
        session == null ? 1 : session.weight(),
        session == null ? 0 : session.priority(),
        standing,
        need(),
        drawKnown ? signal.sameSince() : Instant.MAX);
  }

  private Need need() {
    return session == null
        ? Need.UNKNOWN
        : new Need(session.pluggedInAt(), session.departure(), remainingWattHours());
  }

  private OptionalInt remainingWattHours() {
    if (session.energyNeededWattHours().isEmpty()) {
      return OptionalInt.empty();
    }
    if (registerThen.isEmpty()) {
      registerThen = signal.energyWattHours();
    }
    long taken =
        registerThen.isEmpty()
            ? 0
            : Math.max(0, signal.energyWattHours().getAsLong() - registerThen.getAsLong());
    return OptionalInt.of((int) Math.max(0, session.energyNeededWattHours().getAsInt() - taken));
  }

  private int want() {
    return switch (vehicle()) {
      case NONE, FAULT -> 0;
      case CONNECTED, CHARGING -> appetite.isSatisfied() ? 0 : wantOfVehicle();
    };
  }

  /** A vehicle that takes less than the connector's minimum is offered that minimum. */
  private int wantOfVehicle() {
    int most =
        session == null ? rating.maxWatts() : session.vehicleMaxWatts().orElse(rating.maxWatts());
    int useful = Math.min(most, appetite.usefulWatts());
    return most == 0 ? 0 : Math.min(rating.maxWatts(), Math.max(useful, rating.minWatts()));
  }

  /** Remembers what was decided. */
  void decided(int watts, Instant now) {
    standing = standing.allocated(watts, now);
  }

  /** What its set-point should be, as decided last. */
  int target() {
    return target;
  }

  void target(int watts) {
    target = watts;
  }

  /** Where its set-points go. */
  Request<SetPoint, SetPointReply> address() {
    return address;
  }

  ConnectorRating rating() {
    return rating;
  }
}
