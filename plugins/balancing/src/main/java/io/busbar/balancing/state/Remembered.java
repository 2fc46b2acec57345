package io.busbar.balancing.state;

import io.busbar.api.balancing.SiteSettings;
import io.busbar.balancing.session.KeptSession;
import java.util.List;
import java.util.Optional;

/**
 * What was kept of a site before this process began.
 *
 * @param sessions those that last and, of every connector, the last that ended
 * @param settings what was chosen; the configuration may have changed since
 */
public record Remembered(List<KeptSession> sessions, Optional<SiteSettings> settings) {

  /** Nothing. */
  public static final Remembered NOTHING = new Remembered(List.of(), Optional.empty());

  public Remembered {
    sessions = List.copyOf(sessions);
  }
}
