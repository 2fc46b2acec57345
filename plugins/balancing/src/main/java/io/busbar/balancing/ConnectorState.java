package io.busbar.balancing;

import io.busbar.api.Request;
import io.busbar.api.balancing.SessionNeeds;
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
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.session.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** What is remembered of one connector from cycle to cycle, and what it puts into a snapshot. */
final class ConnectorState {

  private final Policy policy;
  private final Signal signal;
  private final Appetite appetite;
  private final Request<SetPoint, SetPointReply> address;
  private ConnectorRating rating;
  private Standing standing = Standing.IDLE;

  /** Whether anything was known of its vehicle in a cycle before. */
  private boolean begun;

  private final Stay stay = new Stay();
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

  /** The clock was set. */
  void shift(Duration by) {
    standing = standing.shifted(by);
  }

  /** Takes what a device says of a session; gives the sessions changed by it. */
  List<KeptSession> take(ChargingSession told) {
    return beginning(() -> stay.take(told, signal.energyWattHours()));
  }

  /** Takes what was stored of a session for somebody who asked. */
  List<KeptSession> put(KeptSession session) {
    return beginning(() -> stay.put(session));
  }

  /** Goes on with a session of before a restart. */
  List<KeptSession> restore(KeptSession session) {
    return stay.restore(session);
  }

  private List<KeptSession> beginning(Supplier<List<KeptSession>> change) {
    Optional<UUID> before = stay.session().map(KeptSession::sessionId);
    List<KeptSession> changed = change.get();
    Optional<UUID> after = stay.session().map(KeptSession::sessionId);
    if (after.isPresent() && !after.equals(before)) {
      appetite.begin();
    }
    return changed;
  }

  /** Sees in the newest reading whether a vehicle left without a word. */
  List<KeptSession> hear() {
    return signal.vehicleAt() == null
        ? List.of()
        : stay.hear(
            signal.vehicle(), signal.vehicleAt(), signal.energyWattHours(), policy.freshness());
  }

  /** The connector is gone, and with it the session. */
  List<KeptSession> close(Instant now) {
    return stay.close(now, signal.energyWattHours());
  }

  Stay stay() {
    return stay;
  }

  /** The register of energy that was taken there; empty when it was never read. */
  OptionalLong register() {
    return signal.energyWattHours();
  }

  /** State of the vehicle, from the newer of what the device and what sessions say. */
  VehicleState vehicle() {
    Instant at = signal.vehicleAt();
    VehicleState read = at == null ? VehicleState.NONE : signal.vehicle();
    if (stay.session().isPresent()) {
      Instant began = stay.session().get().pluggedInAt();
      boolean newer = at != null && !at.isBefore(began);
      boolean left = newer && read == VehicleState.NONE && at.isAfter(began);
      return left || (newer && read != VehicleState.NONE) ? read : VehicleState.CONNECTED;
    }
    boolean older =
        at != null
            && stay.ended().filter(last -> !at.isAfter(last.unpluggedAt().get())).isPresent();
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

  /** What of it takes up room; nothing is learnt by looking. */
  ConnectorInput look(Book book, int bookedWatts, Instant now) {
    return new ConnectorInput(
        false,
        isFresh(now) && !book.isDeaf(),
        draw(now),
        bookedWatts,
        0,
        book.confirmed(),
        1,
        0,
        Standing.IDLE,
        Need.UNKNOWN,
        isDrawKnown(now) ? signal.sameSince() : Instant.MAX);
  }

  private int draw(Instant now) {
    return isDrawKnown(now) ? signal.powerWatts() : 0;
  }

  private boolean isDrawKnown(Instant now) {
    return signal.powerAt() != null && policy.isFresh(signal.powerAt(), now);
  }

  /** Freezes it. */
  ConnectorInput freeze(Book book, int bookedWatts, boolean awaited, Instant now) {
    SessionNeeds needs = stay.needs();
    int want = want(needs);
    if (!begun && want > 0 && book.isOffering() && vehicle() == VehicleState.CHARGING) {
      standing = Standing.found(book.offeredSince());
    }
    begun |= signal.vehicleAt() != null;
    standing = standing.wanting(want > 0, now);
    if (standing.kind() == Standing.Kind.CHARGING) {
      standing = standing.followedAt(book.isOffering() ? book.offeredSince() : now);
    } else if (book.isOffering()) {
      standing = standing.followedAt(now);
    }
    return new ConnectorInput(
        awaited,
        isFresh(now) && !book.isDeaf(),
        draw(now),
        bookedWatts,
        want,
        book.confirmed(),
        needs.weight().orElse(1.0),
        needs.priority().orElse(0),
        standing,
        need(needs),
        isDrawKnown(now) ? signal.sameSince() : Instant.MAX);
  }

  private Need need(SessionNeeds needs) {
    return stay.session()
        .map(
            session ->
                new Need(
                    session.pluggedInAt(),
                    needs.departure(),
                    session.remaining(signal.energyWattHours())))
        .orElse(Need.UNKNOWN);
  }

  private int want(SessionNeeds needs) {
    return switch (vehicle()) {
      case NONE, FAULT -> 0;
      case CONNECTED, CHARGING -> appetite.isSatisfied() ? 0 : wantOfVehicle(needs);
    };
  }

  /** A vehicle that takes less than the connector's minimum is offered that minimum. */
  private int wantOfVehicle(SessionNeeds needs) {
    int most = needs.vehicleMaxWatts().orElse(rating.maxWatts());
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
