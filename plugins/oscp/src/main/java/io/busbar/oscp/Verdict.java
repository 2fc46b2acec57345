package io.busbar.oscp;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of a message that was sent.
 *
 * @param kind what it means
 * @param status HTTP status; 0 when there was no answer
 * @param message what the partner said, or why there was no answer
 * @param retryAfter when the partner wants it again; an hour at most
 */
record Verdict(Kind kind, int status, String message, Optional<Duration> retryAfter) {

  private static final long LONGEST_SECONDS = 3_600;

  /** What an answer means. */
  enum Kind {
    DELIVERED,
    /** Never to be sent again as it is. */
    REFUSED,
    /** The partner does not have this message at all. */
    UNSUPPORTED,
    /** To be sent again later. */
    AGAIN
  }

  boolean isDelivered() {
    return kind == Kind.DELIVERED;
  }

  /** The same without a secret that the partner may have repeated. */
  Verdict without(String secret) {
    return secret.isEmpty()
        ? this
        : new Verdict(kind, status, message.replace(secret, "***"), retryAfter);
  }

  static Verdict noAnswer(Throwable cause) {
    return new Verdict(Kind.AGAIN, 0, "no answer: " + cause.getMessage(), Optional.empty());
  }

  /**
   * Judges an answer.
   *
   * @param anySuccess whether another 2xx than 204 is a success
   */
  static Verdict of(Wire.Answer answer, boolean anySuccess) {
    Kind kind = kind(answer.status(), anySuccess);
    String message =
        kind == Kind.DELIVERED && answer.status() == 204 ? "" : Masks.error(answer.body());
    return new Verdict(kind, answer.status(), message, retryAfter(answer));
  }

  private static Kind kind(int status, boolean anySuccess) {
    if (status == 204 || anySuccess && status >= 200 && status < 300) {
      return Kind.DELIVERED;
    }
    return switch (status) {
      case 401, 408, 425, 429 -> Kind.AGAIN;
      case 501 -> Kind.UNSUPPORTED;
      default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.AGAIN;
    };
  }

  private static Optional<Duration> retryAfter(Wire.Answer answer) {
    String seconds = answer.headers().getOrDefault("retry-after", "");
    return seconds.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(seconds))))
        : Optional.empty();
  }
}
