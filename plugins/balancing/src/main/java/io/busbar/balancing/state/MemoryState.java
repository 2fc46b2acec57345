package io.busbar.balancing.state;

import io.busbar.api.Bus;
import io.busbar.api.balancing.ListSessions;
import io.busbar.balancing.session.KeptSession;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sessions of this process, for runs that store nothing. For one context. */
public final class MemoryState implements StateStore {

  private static final int MOST = 100_000;

  private final Bus bus;

  /** Oldest first. */
  private final Map<UUID, KeptSession> sessions = new LinkedHashMap<>();

  private long ids;

  public MemoryState(Bus bus) {
    this.bus = bus;
  }

  @Override
  public Remembered restore(UUID microgridId) {
    return Remembered.NOTHING;
  }

  /** The same in every run that does the same. */
  @Override
  public UUID newId() {
    return UUID.nameUUIDFromBytes(("state " + ids++).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void keep(Change change) {
    if (change instanceof Change.OfSession(KeptSession session, var event)) {
      sessions.put(session.sessionId(), session);
      forgetOldest();
    }
    Telling.tell(bus, change);
  }

  private void forgetOldest() {
    Iterator<KeptSession> oldest = sessions.values().iterator();
    while (sessions.size() > MOST && oldest.hasNext()) {
      if (!oldest.next().lasts()) {
        oldest.remove();
      }
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
    List<KeptSession> its =
        sessions.values().stream()
            .filter(session -> session.microgridId().equals(microgridId))
            .toList();
    return Future.succeededFuture(Pages.of(its, query));
  }
}
