package io.busbar.balancing.state;

import io.busbar.api.balancing.ListSessions;
import io.busbar.balancing.session.KeptSession;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Keeps sessions and settings, in the order in which they change, and tells of them then. */
public interface StateStore {

  /** What was kept of a site before this process began; given once. */
  Remembered restore(UUID microgridId);

  /** An id for an event. */
  UUID newId();

  /** Keeps a change as soon as it can be kept; returns at once. */
  void keep(Change change);

  /**
   * Keeps a change now.
   *
   * @return done when it would survive the end of the process; failed when it cannot be kept now,
   *     and then it will not be kept later
   */
  Future<Void> save(Change change);

  /** A session, of whatever site. */
  Future<Optional<KeptSession>> find(UUID sessionId);

  /** A page of a site's sessions, newest first; an unknown cursor is at the end. */
  Future<Pages.Page> page(UUID microgridId, ListSessions query);
}
