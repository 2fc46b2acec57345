package io.busbar.balancing.state;

import io.busbar.api.balancing.SessionChanged;
import io.busbar.api.balancing.SettingsChanged;
import io.busbar.balancing.session.KeptSession;
import java.util.UUID;

/** Something to be kept, with the event that tells of it. */
public sealed interface Change {

  /** Only the last change of what this names has to be kept. */
  UUID subject();

  /** A session is like this now. */
  record OfSession(KeptSession session, SessionChanged event) implements Change {
    @Override
    public UUID subject() {
      return session.sessionId();
    }
  }

  /** A site is balanced like this now. */
  record OfSettings(SettingsChanged event) implements Change {
    @Override
    public UUID subject() {
      return event.microgridId();
    }
  }
}
