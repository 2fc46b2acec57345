package io.busbar.balancing;

import java.time.Duration;
import java.time.Instant;

/**
 * What one connector's device is allowed to draw, at most, at this instant, as far as anybody can
 * know: the larger of what it confirmed last, of everything sent to it that it may have taken
 * since, and, when its watchdog may have run out, of its fail-safe value.
 */
final class Ledger {

  private static final int SILENT_AFTER = 2;

  private final SiteTree.Connector connector;
  private int confirmed;
  private boolean adopted;
  private Instant confirmedAt = Instant.MIN;
  private int wanted;
  private boolean sending;
  private int sent = -1;
  private int taken = -1;
  private int maybeTaken;
  private Instant sentAt = Instant.MIN;
  private int unanswered;

  Ledger(SiteTree.Connector connector) {
    this.connector = connector;
    this.confirmed = connector.failSafeWatts();
    this.wanted = connector.failSafeWatts();
  }

  /** Takes over the books of the same device under another version of the tree. */
  void adopt(Ledger before) {
    confirmed = before.confirmed;
    adopted = before.adopted;
    confirmedAt = before.confirmedAt;
    wanted = before.wanted;
    sending = before.sending;
    sent = before.sent;
    taken = before.taken;
    maybeTaken = before.maybeTaken;
    sentAt = before.sentAt;
    unanswered = before.unanswered;
  }

  /** Most the device may be drawing. */
  int allowed(Instant now) {
    int books = Math.max(confirmed, maybeTaken);
    return watchdogMayHaveRunOut(now) ? Math.max(books, connector.failSafeWatts()) : books;
  }

  private boolean watchdogMayHaveRunOut(Instant now) {
    return confirmedAt.equals(Instant.MIN)
        || confirmedAt.plusSeconds(connector.watchdogSeconds()).isBefore(now);
  }

  /** What the device confirmed last, or reported. */
  int confirmed() {
    return confirmed;
  }

  /** What the last decision wants it to have. */
  int wanted() {
    return wanted;
  }

  void want(int watts) {
    wanted = watts;
  }

  boolean sending() {
    return sending;
  }

  /** Whether the device has taken what is wanted, as far as its steps allow. */
  boolean settled() {
    return !sending && sent == wanted && confirmed == taken && confirmed <= wanted;
  }

  /** Whether the device has said or confirmed anything yet. */
  boolean adopted() {
    return adopted;
  }

  /** Whether it does not answer any more. */
  boolean silent() {
    return unanswered >= SILENT_AFTER;
  }

  /** Whether the set-point must be repeated before the watchdog forgets it. */
  boolean refreshDue(Instant now) {
    Duration half = Duration.ofSeconds(connector.watchdogSeconds()).dividedBy(2);
    return confirmed != connector.failSafeWatts() && !sentAt.plus(half).isAfter(now);
  }

  /** A set-point is under way: from now on the device may have taken it. */
  void send(int watts, Instant now) {
    sending = true;
    sent = watts;
    sentAt = now;
    maybeTaken = Math.max(maybeTaken, watts);
  }

  /** The device has it, as read back. */
  void confirm(int watts, Instant now) {
    sending = false;
    adopted = true;
    confirmed = watts;
    taken = watts;
    confirmedAt = now;
    maybeTaken = 0;
    unanswered = 0;
  }

  /** The device said no: it has what it had. */
  void refuse() {
    sending = false;
    maybeTaken = 0;
    unanswered++;
  }

  /** No answer: it may have taken it or not. */
  void lose() {
    sending = false;
    unanswered++;
  }

  /**
   * The device reported its set-point by itself. Adopted the first time, and whenever it differs
   * from what was confirmed while nothing is under way.
   *
   * @return whether the books have changed
   */
  boolean report(int watts, Instant measuredAt) {
    if (measuredAt.isAfter(sentAt)) {
      unanswered = 0;
    }
    boolean stale = measuredAt.isBefore(confirmedAt) || measuredAt.isBefore(sentAt);
    if (sending || stale || (adopted && watts == confirmed && maybeTaken == 0)) {
      return false;
    }
    adopted = true;
    confirmed = watts;
    confirmedAt = measuredAt;
    maybeTaken = 0;
    return true;
  }
}
