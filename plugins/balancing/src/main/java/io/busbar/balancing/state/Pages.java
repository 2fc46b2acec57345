package io.busbar.balancing.state;

import io.busbar.api.balancing.ListSessions;
import io.busbar.balancing.session.KeptSession;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Cuts sessions into pages, newest first. */
public final class Pages {

  private Pages() {}

  /** Sessions, and where the next page begins. */
  public record Page(List<KeptSession> sessions, Optional<String> nextCursor) {

    static final Page EMPTY = new Page(List.of(), Optional.empty());

    public Page {
      sessions = List.copyOf(sessions);
    }
  }

  /** The page that is asked for of these. */
  public static Page of(Collection<KeptSession> sessions, ListSessions query) {
    return SessionCursor.of(query.cursor())
        .map(
            after ->
                cut(
                    sessions.stream()
                        .filter(session -> matches(session, query))
                        .sorted(Comparator.comparing(SessionCursor::of, SessionCursor.NEWEST_FIRST))
                        .filter(session -> isAfter(session, after))
                        .limit(query.limit() + 1L)
                        .toList(),
                    query.limit()))
        .orElse(Page.EMPTY);
  }

  /** A page of what was found, which is one more than asked for when there is more. */
  static Page cut(List<KeptSession> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    List<KeptSession> page = found.subList(0, limit);
    return new Page(page, Optional.of(SessionCursor.of(page.getLast()).text()));
  }

  private static boolean isAfter(KeptSession session, SessionCursor place) {
    return SessionCursor.NEWEST_FIRST.compare(SessionCursor.of(session), place) > 0;
  }

  private static boolean matches(KeptSession session, ListSessions query) {
    boolean overBefore =
        query.from().isPresent()
            && session.unpluggedAt().filter(end -> !end.isAfter(query.from().get())).isPresent();
    return !overBefore
        && query.active().filter(active -> active != session.lasts()).isEmpty()
        && query.nodeId().filter(node -> !node.equals(session.nodeId())).isEmpty()
        && query.to().filter(to -> !session.pluggedInAt().isBefore(to)).isEmpty();
  }
}
