package io.busbar.balancing.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * Where a connector stands in the turn that scarce capacity makes necessary.
 *
 * @param kind what it does
 * @param since since when; of no meaning for IDLE
 * @param had how long it has charged in earlier turns since it was idle
 */
public record Standing(Kind kind, Instant since, Duration had) {

  /** It wants nothing. */
  public static final Standing IDLE = new Standing(Kind.IDLE, Instant.EPOCH, Duration.ZERO);

  /** What a connector does. */
  public enum Kind {
    IDLE,
    /** Wants, and gets nothing. */
    WAITING,
    /** Has been admitted. */
    CHARGING
  }

  /** It has been charging since before anything was decided, as after a restart. */
  public static Standing found(Instant since) {
    return new Standing(Kind.CHARGING, since, Duration.ZERO);
  }

  /** Before a cycle: who wants from now on waits from now on. */
  public Standing wanting(boolean wants, Instant now) {
    if (!wants) {
      return IDLE;
    }
    return kind == Kind.IDLE ? new Standing(Kind.WAITING, now, Duration.ZERO) : this;
  }

  /** The same by a clock that was set. */
  public Standing shifted(Duration by) {
    return kind == Kind.IDLE ? this : new Standing(kind, since.plus(by), had);
  }

  /** Its turn, or its rest, begins when its device has followed. */
  public Standing followedAt(Instant at) {
    boolean applies = kind == Kind.CHARGING || (kind == Kind.WAITING && had.isPositive());
    return applies && at.isAfter(since) ? new Standing(kind, at, had) : this;
  }

  /** After a cycle. */
  public Standing allocated(int watts, Instant now) {
    return switch (kind) {
      case IDLE -> this;
      case WAITING -> watts > 0 ? new Standing(Kind.CHARGING, now, had) : this;
      case CHARGING -> watts > 0 ? this : paused(now);
    };
  }

  private Standing paused(Instant now) {
    return new Standing(Kind.WAITING, now, had.plus(Duration.between(since, now)));
  }

  /**
   * The order of admission: who charges within its minimum time first; then who has waited longest;
   * then, of those who have had their time, who has had the least of it. Among equals who charged
   * less in earlier turns goes first, or else those at the end of the display order would lose
   * every tie.
   */
  static Comparator<Standing> admission(Instant now, Duration minimumOn) {
    return Comparator.comparingInt((Standing standing) -> standing.tier(now, minimumOn))
        .thenComparing(
            (a, b) ->
                a.kind == Kind.CHARGING && a.tier(now, minimumOn) > 0
                    ? b.since.compareTo(a.since)
                    : a.since.compareTo(b.since))
        .thenComparing(Standing::had);
  }

  /** Whether it is not to be switched off yet. */
  boolean isHeld(Instant now, Duration minimumOn) {
    return kind == Kind.CHARGING && now.isBefore(since.plus(minimumOn));
  }

  /** Whether it was switched off so lately that it is not to be switched on yet. */
  boolean isResting(Instant now, Duration minimumOff) {
    return kind == Kind.WAITING && had.isPositive() && now.isBefore(since.plus(minimumOff));
  }

  private int tier(Instant now, Duration minimumOn) {
    return switch (kind) {
      case CHARGING -> isHeld(now, minimumOn) ? 0 : 2;
      case WAITING -> 1;
      case IDLE -> 3;
    };
  }
}
