package io.busbar.api.envelope;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reply to {@link ListEnvelopes}. */
public sealed interface EnvelopePageReply {

  /** Envelopes; {@code nextCursor} is absent on the last page. */
  record Page(List<Entry> envelopes, Optional<String> nextCursor) implements EnvelopePageReply {
    public Page {
      envelopes = List.copyOf(envelopes);
    }
  }

  /**
   * One envelope with its life so far.
   *
   * @param envelope as it is
   * @param rejectedFor why it was rejected
   * @param lifecycle what it became when, oldest first
   */
  record Entry(
      OperatingEnvelope envelope, Optional<String> rejectedFor, List<Evaluation> lifecycle) {
    public Entry {
      lifecycle = List.copyOf(lifecycle);
    }
  }

  /**
   * A boundary that was reached.
   *
   * @param evaluatedAt the instant of the boundary
   * @param status what the envelope was from then on
   */
  record Evaluation(Instant evaluatedAt, OperatingEnvelope.Status status) {}

  /** The cursor is none of ours. */
  record BadCursor(String cursor) implements EnvelopePageReply {}
}
