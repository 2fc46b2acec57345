package io.busbar.balancing;

import io.busbar.api.balancing.SessionChanged;
import io.busbar.api.balancing.SettingsChanged;
import io.busbar.api.balancing.SiteSession;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.state.Change;
import io.busbar.balancing.state.StateStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.UUID;

/** What changes of one site's sessions and settings, with who did it, on the way to the store. */
final class SiteChanges {

  private static final String DEVICE = "device";

  private final Clock clock;
  private final StateStore store;
  private final UUID microgridId;

  SiteChanges(Clock clock, StateStore store, UUID microgridId) {
    this.clock = clock;
    this.store = store;
    this.microgridId = microgridId;
  }

  /** A device said so. */
  void keep(KeptSession session, SiteSession view) {
    store.keep(change(session, view, DEVICE, session.sessionId().toString()));
  }

  /** Somebody asked for it; fails when it cannot be stored. */
  Future<Void> save(KeptSession session, SiteSession view, String actor, String correlationId) {
    return store.save(change(session, view, actor, correlationId));
  }

  private Change change(KeptSession session, SiteSession view, String actor, String correlationId) {
    return new Change.OfSession(
        session,
        new SessionChanged(
            store.newId(), clock.instant(), actor, correlationId, microgridId, view));
  }

  /** Somebody chose it; fails when it cannot be stored. */
  Future<Void> save(SiteSettings settings, String actor, String correlationId) {
    return store.save(
        new Change.OfSettings(
            new SettingsChanged(
                store.newId(), clock.instant(), actor, correlationId, microgridId, settings)));
  }
}
