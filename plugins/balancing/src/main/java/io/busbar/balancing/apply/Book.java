package io.busbar.balancing.apply;

import io.busbar.balancing.decide.ConnectorRating;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the set-point of one device, and the most it may be allowing its vehicle at this
 * instant: whatever it may have taken counts until it is known that it has not.
 */
public final class Book {

  /** A device that failed so often, one after the other, does not take set-points. */
  private static final int DEAF_AFTER = 2;

  private static final Duration NONE = Duration.ZERO;

  private ConnectorRating rating;
  private final ApplyRules rules;

  /** From when on nothing that was sent before this book was opened can be under way any more. */
  private Instant sureFrom;

  /** Whether the device ever said what its set-point is. */
  private boolean heard;

  /** Whether what it said is known to be of later than that. */
  private boolean sure;

  private int confirmed;
  private Instant confirmedAt = Instant.MIN;

  /** Since when exactly that value is confirmed. */
  private Instant confirmedSince = Instant.MIN;

  /** Since when at least the minimum is confirmed; null while less is. */
  private Instant offeredSince;

  private boolean asking;
  private int asked;
  private Instant askedAt = Instant.MIN;

  /**
   * Value that was asked for when the present one was confirmed; the device has it in its steps.
   */
  private int granted = -1;

  /** Largest value that it may have because nothing was heard of it, or nothing reliable. */
  private int lost;

  /** Smallest of these; of meaning only while something is lost. */
  private int leastLost = Integer.MAX_VALUE;

  /** Value before the last decrease, which the vehicle may still be drawing until it settles. */
  private int settling;

  private Instant settlesAt = Instant.MIN;
  private int failures;
  private Instant retryAt = Instant.MIN;
  private boolean unanswering;
  private boolean overdue;

  /** Until when it cannot be told what of the device is older and what is newer. */
  private Instant confusedUntil = Instant.MIN;

  /**
   * Opens a book.
   *
   * @param sureFrom from when on no set-point of an earlier run can be under way any more
   */
  Book(ConnectorRating rating, ApplyRules rules, Instant sureFrom) {
    this.rating = rating;
    this.rules = rules;
    this.sureFrom = sureFrom;
  }

  /** Most that the device may be allowing, in watts. */
  int booked() {
    int most =
        Math.max(
            Math.max(heard ? confirmed : 0, asking ? asked : 0),
            Math.max(isDoubtful() ? lost : 0, settling));
    if (!sure) {
      return Math.max(most, overdue ? rating.failSafeWatts() : rating.maxWatts());
    }
    return unanswering || isDeaf() ? Math.max(most, rating.failSafeWatts()) : most;
  }

  /** What it allows at least, as far as is known: to be set to that makes nothing worse. */
  int least() {
    return heard ? Math.min(confirmed, Math.min(leastLost, asking ? asked : confirmed)) : 0;
  }

  /** Whether there are several values that it may have. */
  boolean isDoubtful() {
    return leastLost < Integer.MAX_VALUE;
  }

  /** A set-point is on its way. */
  void ask(int watts, Instant now) {
    asking = true;
    asked = watts;
    askedAt = now;
  }

  /** The device has taken a set-point. */
  void confirm(int watts, Instant now) {
    asking = false;
    lowerFrom(booked(), watts, now);
    lost = 0;
    leastLost = Integer.MAX_VALUE;
    failures = 0;
    retryAt = watts > asked ? now.plus(rules.retry()) : Instant.MIN;
    sure |= !askedAt.isBefore(sureFrom);
    take(watts, now);
    granted = watts <= asked ? asked : -1;
  }

  /**
   * The device refused; it has what it had. A first no may be a matter of the moment, so it may be
   * asked again at once; with the second one others make room.
   */
  void refuse(Instant now) {
    asking = false;
    fail(now);
    retryAt = isDeaf() ? retryAt : now;
  }

  /** Nothing was heard; it may have taken it, or may still. */
  void lose(Instant now) {
    asking = false;
    doubt(asked);
    fail(now);
  }

  /** It may have that, too. */
  private void doubt(int watts) {
    lost = isDoubtful() ? Math.max(lost, watts) : watts;
    leastLost = Math.min(leastLost, watts);
  }

  private void fail(Instant now) {
    failures++;
    retryAt = now.plus(rules.retry());
  }

  /**
   * The device was read. What is under way or lost is booked beside what it says, so that it does
   * not matter whether it was read before or after that. Where clocks disagree it may be like that
   * or as it was.
   *
   * @param watts its set-point as it says
   * @param at when that was read from it
   */
  void readBack(int watts, Instant at, Instant now) {
    boolean confused = at.isAfter(now) || now.isBefore(confusedUntil);
    if (heard && confused && watts != confirmed) {
      doubt(confirmed);
      doubt(watts);
      return;
    }
    if (heard && at.isBefore(confirmedAt)) {
      return;
    }
    if (!heard || watts != confirmed) {
      take(watts, at);
    }
    sure |= !confused && !at.isBefore(sureFrom);
  }

  /** The power of its vehicle was read; a vehicle that obeys has settled. */
  void power(int watts, Instant at) {
    if (settling > 0 && at.isAfter(confirmedAt) && watts <= confirmed) {
      settling = 0;
    }
  }

  private void take(int watts, Instant at) {
    if (heard) {
      lowerFrom(Math.max(confirmed, settling), watts, at);
    }
    if (!heard || watts != confirmed) {
      confirmedSince = at;
    }
    granted = -1;
    heard = true;
    confirmed = watts;
    confirmedAt = at;
    if (watts < rating.minWatts()) {
      offeredSince = null;
    } else if (offeredSince == null) {
      offeredSince = at;
    }
  }

  /** What the vehicle may have been drawing until now it may go on drawing for a moment. */
  private void lowerFrom(int before, int watts, Instant at) {
    Duration settle = watts < before ? rules.settle().plus(rating.follows(before - watts)) : NONE;
    if (settle.isPositive()) {
      settling = before;
      settlesAt = at.plus(settle);
    }
  }

  /** Time passes. */
  void tick(Instant now) {
    if (!now.isBefore(settlesAt)) {
      settling = 0;
    }
    overdue = !now.isBefore(sureFrom.plus(rating.watchdog()));
  }

  /** Whether telemetry of the device has stopped. */
  void unanswering(boolean value) {
    unanswering = value;
  }

  boolean isSettling() {
    return settling > 0;
  }

  Instant settlesAt() {
    return settlesAt;
  }

  /** Whether the device may be sent something now. */
  boolean isFree(Instant now) {
    return !asking && !now.isBefore(retryAt);
  }

  /**
   * Whether the device has to be told again what it has, lest it forgets, or to see whether it
   * takes set-points again.
   *
   * @param until time of the next chance to do so
   */
  boolean needsRefresh(Instant until) {
    boolean forgets =
        confirmed != rating.failSafeWatts()
            && askedAt.plus(rating.watchdog().dividedBy(2)).isBefore(until);
    return heard && (forgets || isDeaf());
  }

  /**
   * The clock was set: what is remembered by the old one is told by the new one.
   *
   * @param by how far it jumped
   * @param confused until when there may be readings of before
   */
  void shift(Duration by, Instant confused) {
    sureFrom = shifted(sureFrom, by);
    confirmedAt = shifted(confirmedAt, by);
    confirmedSince = shifted(confirmedSince, by);
    offeredSince = offeredSince == null ? null : shifted(offeredSince, by);
    askedAt = shifted(askedAt, by);
    settlesAt = shifted(settlesAt, by);
    retryAt = shifted(retryAt, by);
    confusedUntil = confused;
  }

  private static Instant shifted(Instant at, Duration by) {
    return at.equals(Instant.MIN) ? at : at.plus(by);
  }

  /** Whether it is known for sure that the device has this, or the nearest to it that it can. */
  boolean has(int watts) {
    return heard && !isDoubtful() && (confirmed == watts || granted == watts);
  }

  /** Whether the device ever said what its set-point is. */
  public boolean isHeard() {
    return heard;
  }

  /** Whether the device failed to take set-points lately, several times. */
  public boolean isDeaf() {
    return failures >= DEAF_AFTER;
  }

  /** What the device has said last; its fail-safe value before. */
  public int confirmed() {
    return heard ? confirmed : rating.failSafeWatts();
  }

  /** Since when it has exactly that. */
  public Instant confirmedSince() {
    return confirmedSince;
  }

  /** Whether it allows its vehicle to charge. */
  public boolean isOffering() {
    return offeredSince != null;
  }

  /** Since when; of meaning only while it does. */
  public Instant offeredSince() {
    return offeredSince;
  }

  ConnectorRating rating() {
    return rating;
  }

  /** The same device in another version of the tree. */
  void rerate(ConnectorRating newRating) {
    rating = newRating;
  }
}
