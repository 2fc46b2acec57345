package io.busbar.balancing.session;

import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.VehicleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The stay of a vehicle at one connector: the session that lasts there, and the one before. Devices
 * are believed: one that begins a session ends whatever was there, unless somebody announced it,
 * which it joins then. Methods that take something return the sessions changed by it, in order.
 */
public final class Stay {

  private KeptSession session;
  private KeptSession ended;

  /** Whether it lasted before this process began, so that its end may have been missed. */
  private boolean restored;

  /** Since when its device reports that nobody is there. */
  private Instant goneSince;

  /** The session that lasts; empty when none does. */
  public Optional<KeptSession> session() {
    return Optional.ofNullable(session);
  }

  /** The last one that ended, as far as is known. */
  public Optional<KeptSession> ended() {
    return Optional.ofNullable(ended);
  }

  /** Goes on with what was known before a restart. */
  public List<KeptSession> restore(KeptSession kept) {
    if (!kept.lasts()) {
      ended = kept;
      return List.of();
    }
    if (session == null) {
      session = kept;
      restored = true;
      return List.of();
    }
    boolean newer = kept.pluggedInAt().isAfter(session.pluggedInAt());
    KeptSession older = newer ? session : kept;
    KeptSession over = older.ended(session.pluggedInAt(), OptionalLong.empty());
    session = newer ? kept : session;
    return List.of(over);
  }

  /**
   * Takes what a device says.
   *
   * @param register the connector's energy register now
   */
  public List<KeptSession> take(ChargingSession told, OptionalLong register) {
    boolean mine = session != null && session.isCalled(told.sessionId());
    if (told.unpluggedAt().isPresent()) {
      return mine ? over(told.unpluggedAt().get(), register) : missed(told, register);
    }
    if (ended != null && ended.isCalled(told.sessionId())) {
      return List.of();
    }
    boolean joins = session != null && session.device().isEmpty();
    if (mine || joins) {
      return become(session.told(told, register));
    }
    List<KeptSession> before = session == null ? List.of() : over(told.pluggedInAt(), register);
    return Stream.concat(before.stream(), become(KeptSession.begunBy(told, register)).stream())
        .toList();
  }

  /** One of which only the end is heard is kept like the others; an old one has been already. */
  private List<KeptSession> missed(ChargingSession told, OptionalLong register) {
    if (session != null || (ended != null && ended.isCalled(told.sessionId()))) {
      return List.of();
    }
    ended = KeptSession.begunBy(told, register).ended(told.unpluggedAt().get(), register);
    return List.of(ended);
  }

  /** Takes what was stored for somebody who asked. */
  public List<KeptSession> put(KeptSession next) {
    if (next.lasts()) {
      return become(next);
    }
    session = null;
    ended = next;
    return List.of(next);
  }

  private List<KeptSession> become(KeptSession next) {
    if (next.equals(session)) {
      return List.of();
    }
    if (session == null || !session.sessionId().equals(next.sessionId())) {
      restored = false;
      goneSince = null;
    }
    session = next;
    return List.of(next);
  }

  private List<KeptSession> over(Instant at, OptionalLong register) {
    ended = session.ended(at, register);
    session = null;
    return List.of(ended);
  }

  /**
   * Hears what the device says of the vehicle. A session of before a restart is over when nobody is
   * there; another when nobody has been there for some time, should its device forget to say so.
   *
   * @param patience that time
   */
  public List<KeptSession> hear(
      VehicleState vehicle, Instant at, OptionalLong register, Duration patience) {
    if (session == null || !at.isAfter(session.pluggedInAt())) {
      return List.of();
    }
    if (vehicle != VehicleState.NONE) {
      restored = false;
      goneSince = null;
      return become(session.seen(register));
    }
    if (!session.vehicleSeen()) {
      return List.of();
    }
    goneSince = goneSince == null ? at : goneSince;
    return restored || !at.isBefore(goneSince.plus(patience))
        ? over(goneSince, register)
        : List.of();
  }

  /** The connector is gone. */
  public List<KeptSession> close(Instant at, OptionalLong register) {
    return session == null ? List.of() : over(at, register);
  }

  /** What counts for the vehicle; nothing when no session says anything. */
  public SessionNeeds needs() {
    return session == null ? SessionNeeds.NONE : session.needs();
  }
}
