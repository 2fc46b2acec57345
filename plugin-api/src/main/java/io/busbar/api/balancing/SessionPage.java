package io.busbar.api.balancing;

import java.util.List;
import java.util.Optional;

/** Sessions, newest first; {@code nextCursor} is absent on the last page. */
public record SessionPage(List<SiteSession> sessions, Optional<String> nextCursor) {
  public SessionPage {
    sessions = List.copyOf(sessions);
  }
}
