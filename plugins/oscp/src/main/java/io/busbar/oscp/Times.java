package io.busbar.oscp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times as partners write and read them: RFC 3339 with a zone. */
final class Times {

  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private Times() {}

  /**
   * Reads a time.
   *
   * @param field what messages call it
   * @throws Refusal if it is none
   */
  static Instant read(String field, String text) {
    if (FORM.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT)).toInstant();
      } catch (DateTimeException e) {
        // said below
      }
    }
    throw Refusal.badRequest(field + ": expected a time with zone, such as 2026-03-02T20:00:00Z");
  }

  /** In UTC, with no fraction digits or three: some partners read nothing else. */
  static String write(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
