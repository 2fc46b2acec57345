package io.busbar.capability;

import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a control point's history. What is observed later is greater; of one instant what came
 * in later; of that the greater id, as text.
 */
record Cursor(Instant observedAt, Instant ingestedAt, UUID statusEventId)
    implements Comparable<Cursor> {

  /** After everything. */
  static final Cursor END =
      new Cursor(Instant.parse("9999-01-01T00:00:00Z"), Instant.EPOCH, new UUID(-1, -1));

  private static final Comparator<Cursor> ORDER =
      Comparator.comparing(Cursor::observedAt)
          .thenComparing(Cursor::ingestedAt)
          .thenComparing(cursor -> cursor.statusEventId().toString());

  static Cursor of(StatusEvent event) {
    return new Cursor(event.observedAt(), event.ingestedAt(), event.statusEventId());
  }

  static Cursor of(StatusProjection latest) {
    return new Cursor(latest.lastObservedAt(), latest.lastIngestedAt(), latest.statusEventId());
  }

  /** Reads what {@link #text} wrote; empty when it did not. */
  static Optional<Cursor> read(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(" ");
      return parts.length == 3
          ? Optional.of(
              new Cursor(
                  Instant.parse(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2])))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  String text() {
    String text = observedAt + " " + ingestedAt + " " + statusEventId;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int compareTo(Cursor other) {
    return ORDER.compare(this, other);
  }
}
