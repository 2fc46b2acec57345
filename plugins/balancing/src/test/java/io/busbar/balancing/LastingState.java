package io.busbar.balancing;

import io.busbar.api.balancing.ListSessions;
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.state.Change;
import io.busbar.balancing.state.Pages;
import io.busbar.balancing.state.Remembered;
import io.busbar.balancing.state.StateStore;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sessions and settings of one site, kept over restarts as the database would. */
public final class LastingState implements StateStore {

  private final Map<UUID, KeptSession> sessions = new LinkedHashMap<>();
  private Remembered remembered = Remembered.NOTHING;
  private long ids;

  @Override
  public Remembered restore(UUID microgridId) {
    return new Remembered(List.copyOf(sessions.values()), remembered.settings());
  }

  @Override
  public UUID newId() {
    return new UUID(0, ids++);
  }

  @Override
  public void keep(Change change) {
    switch (change) {
      case Change.OfSession(KeptSession session, var event) -> {
        sessions.values().removeIf(other -> other.nodeId().equals(session.nodeId()));
        sessions.put(session.sessionId(), session);
      }
      case Change.OfSettings(var event) ->
          remembered = new Remembered(List.of(), Optional.of(event.settings()));
    }
  }

  @Override
  public Future<Void> save(Change change) {
    keep(change);
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<KeptSession>> find(UUID sessionId) {
    return Future.succeededFuture(Optional.ofNullable(sessions.get(sessionId)));
  }

  @Override
  public Future<Pages.Page> page(UUID microgridId, ListSessions query) {
    return Future.succeededFuture(Pages.of(List.copyOf(sessions.values()), query));
  }
}
