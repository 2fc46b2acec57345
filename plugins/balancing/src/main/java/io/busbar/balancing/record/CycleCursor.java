package io.busbar.balancing.record;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the list of a site's cycles; the next page begins with the one older than it. */
record CycleCursor(Instant startedAt, long position) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})-([0-9]{1,9})-([0-9]{1,18})");

  /** Before the newest cycle. */
  private static final CycleCursor START =
      new CycleCursor(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);

  /** Reads a cursor; none is the start. Empty when it is none of ours. */
  static Optional<CycleCursor> of(Optional<String> text) {
    if (text.isEmpty()) {
      return Optional.of(START);
    }
    Matcher match = TEXT.matcher(text.get());
    return match.matches()
        ? Optional.of(
            new CycleCursor(
                Instant.ofEpochSecond(
                    Long.parseLong(match.group(1)), Long.parseLong(match.group(2))),
                Long.parseLong(match.group(3))))
        : Optional.empty();
  }

  String text() {
    return "%d-%d-%d".formatted(startedAt.getEpochSecond(), startedAt.getNano(), position);
  }
}
