package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one connection and survives a restart, forecasts and waiting messages aside.
 *
 * @param stage where it stands
 * @param since when that began
 * @param credentials how each side calls the other
 * @param registering an exchange of tokens that is under way
 * @param wishes what the partner wants
 * @param deadlines until when each side has to be heard
 * @param progress how far measurements and reports got
 * @param problem what is wrong now
 */
record LinkState(
    ConnectionStage stage,
    Instant since,
    Credentials credentials,
    Optional<Registering> registering,
    Wishes wishes,
    Deadlines deadlines,
    Progress progress,
    Optional<String> problem) {

  /**
   * How each side calls the other.
   *
   * @param baseUrl the partner's base URL
   * @param outboundToken what this side shows, sealed
   * @param inboundToken fingerprint of what the partner shows
   */
  record Credentials(
      Optional<String> baseUrl, Optional<String> outboundToken, Optional<String> inboundToken) {}

  /**
   * An exchange of tokens that is under way.
   *
   * @param requestId id of our register
   * @param answers id of the partner's register, when it began
   * @param newToken what the partner shall show, sealed
   * @param until when it fails at the latest
   */
  record Registering(String requestId, Optional<String> answers, String newToken, Instant until) {

    /** Whether this side began. */
    boolean isOurs() {
      return answers.isEmpty();
    }
  }

  /**
   * What the partner wants, and handshakes under way.
   *
   * @param heartbeatSeconds how often it wants to hear us
   * @param measurements how it wants measurements
   * @param acknowledge id of a handshake of the partner that we still have to acknowledge
   * @param handshake id of a handshake of ours that the partner still has to acknowledge
   * @param agreed whether there was a handshake since registration
   */
  record Wishes(
      Optional<Double> heartbeatSeconds,
      Set<String> measurements,
      Optional<String> acknowledge,
      Optional<String> handshake,
      boolean agreed) {

    static final Wishes NONE =
        new Wishes(Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), false);
  }

  /**
   * Until when each side has to be heard.
   *
   * @param peerOfflineAt when the partner is offline unless it is heard
   * @param ownOfflineAt when the partner takes us to be offline unless we are heard
   */
  record Deadlines(Optional<Instant> peerOfflineAt, Optional<Instant> ownOfflineAt) {

    static final Deadlines NONE = new Deadlines(Optional.empty(), Optional.empty());
  }

  /**
   * How far measurements and reports got.
   *
   * @param measuredTo end of the last window that was kept for delivery, by group
   * @param switchedOff paths that the partner said it has not
   * @param reported what the partner was told of forecasts that cannot be kept
   * @param adjusts what this side asked for and the partner has not answered
   */
  record Progress(
      Map<String, Instant> measuredTo,
      Set<String> switchedOff,
      List<String> reported,
      List<OpenAdjust> adjusts) {

    private static final int REMEMBERED = 200;

    static final Progress NONE = new Progress(Map.of(), Set.of(), List.of(), List.of());

    Progress measured(String group, Instant to) {
      Map<String, Instant> next = new HashMap<>(measuredTo);
      next.put(group, to);
      return new Progress(next, switchedOff, reported, adjusts);
    }

    Progress without(Action action) {
      Set<String> next = new HashSet<>(switchedOff);
      next.add(action.path());
      return new Progress(measuredTo, next, reported, adjusts);
    }

    Progress reported(String what) {
      List<String> next = new ArrayList<>(reported);
      next.add(what);
      int surplus = Math.max(0, next.size() - REMEMBERED);
      return new Progress(
          measuredTo, switchedOff, List.copyOf(next.subList(surplus, next.size())), adjusts);
    }

    /** What was asked for with a message is not asked for any more. */
    Progress closed(String requestId) {
      return with(adjusts.stream().filter(one -> !one.requestId().equals(requestId)).toList());
    }

    Progress with(List<OpenAdjust> open) {
      return new Progress(measuredTo, switchedOff, reported, List.copyOf(open));
    }
  }

  /**
   * Another forecast that was asked for.
   *
   * @param requestId id of the message
   * @param groupId the partner's name of the group
   * @param type what it is about
   * @param from begin
   * @param to end
   */
  record OpenAdjust(String requestId, String groupId, ForecastType type, Instant from, Instant to) {

    boolean isAbout(String group, ForecastType other, Instant begin, Instant end) {
      return groupId.equals(group) && type == other && from.isBefore(end) && begin.isBefore(to);
    }
  }

  static LinkState begin(ConnectionStage stage, Credentials credentials, Instant now) {
    return new LinkState(
        stage,
        now,
        credentials,
        Optional.empty(),
        Wishes.NONE,
        Deadlines.NONE,
        Progress.NONE,
        Optional.empty());
  }

  /** Another stage; the same one changes nothing. */
  LinkState in(ConnectionStage next, Instant now) {
    return next == stage
        ? this
        : new LinkState(next, now, credentials, registering, wishes, deadlines, progress, problem);
  }

  LinkState with(Credentials next) {
    return new LinkState(stage, since, next, registering, wishes, deadlines, progress, problem);
  }

  LinkState with(Optional<Registering> next) {
    return new LinkState(stage, since, credentials, next, wishes, deadlines, progress, problem);
  }

  LinkState with(Wishes next) {
    return new LinkState(
        stage, since, credentials, registering, next, deadlines, progress, problem);
  }

  LinkState with(Deadlines next) {
    return new LinkState(stage, since, credentials, registering, wishes, next, progress, problem);
  }

  LinkState with(Progress next) {
    return new LinkState(stage, since, credentials, registering, wishes, deadlines, next, problem);
  }

  LinkState troubled(String what) {
    return new LinkState(
        stage, since, credentials, registering, wishes, deadlines, progress, Optional.of(what));
  }

  LinkState untroubled() {
    return new LinkState(
        stage, since, credentials, registering, wishes, deadlines, progress, Optional.empty());
  }

  /** Whether forecasts were agreed on, whatever became of the link since. */
  boolean isAgreed() {
    return wishes.agreed();
  }
}
