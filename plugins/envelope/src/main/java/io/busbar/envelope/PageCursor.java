package io.busbar.envelope;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Where a page of envelopes ended. */
record PageCursor(Instant receivedAt, UUID envelopeId) {

  /** Before the first page. */
  static final PageCursor START =
      new PageCursor(Rules.NO_END, UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((receivedAt + " " + envelopeId).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what {@link #text} wrote; empty for anything else. */
  static Optional<PageCursor> read(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      return parts.length == 2
          ? Optional.of(new PageCursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
