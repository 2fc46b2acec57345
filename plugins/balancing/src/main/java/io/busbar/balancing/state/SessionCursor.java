package io.busbar.balancing.state;

import io.busbar.balancing.session.KeptSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the list of a site's sessions; the next page begins with the one older than it. */
record SessionCursor(Instant pluggedInAt, UUID sessionId) {

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,11})-([0-9]{1,9})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /** Newest first; of one instant by id, as the database orders it. */
  static final Comparator<SessionCursor> NEWEST_FIRST =
      Comparator.comparing(SessionCursor::pluggedInAt)
          .thenComparing(cursor -> cursor.sessionId().toString())
          .reversed();

  private static final SessionCursor START =
      new SessionCursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

  static SessionCursor of(KeptSession session) {
    return new SessionCursor(session.pluggedInAt(), session.sessionId());
  }

  /** Reads a cursor; none is the start. Empty when it is none of ours. */
  static Optional<SessionCursor> of(Optional<String> text) {
    if (text.isEmpty()) {
      return Optional.of(START);
    }
    Matcher match = TEXT.matcher(text.get());
    return match.matches()
        ? Optional.of(
            new SessionCursor(
                Instant.ofEpochSecond(
                    Long.parseLong(match.group(1)), Long.parseLong(match.group(2))),
                UUID.fromString(match.group(3))))
        : Optional.empty();
  }

  String text() {
    return "%d-%d-%s".formatted(pluggedInAt.getEpochSecond(), pluggedInAt.getNano(), sessionId);
  }
}
