package io.busbar.balancing;

import io.busbar.api.PluginContext;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.balancing.decide.FailSafe;
import io.busbar.balancing.decide.OutsideLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks what limits from outside hold, before a cycle begins. Without an answer those of the last
 * one hold for as long as it said that nothing changes; then grid connections are at their
 * fail-safe capacity. Where no plugin knows of such limits nobody is asked.
 */
final class Guard {

  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final String HELD =
      "limits from outside are not answered for: those of the last answer hold";
  private static final String FAIL_SAFE =
      "limits from outside are not known: grid connections are at their fail-safe capacity";

  private final PluginContext context;
  private final Site site;
  private final Duration patience;
  private EffectiveLimits last;

  /** Since when the first answer is waited for; null while it is not. */
  private Instant awaitedSince;

  private String problem = "";

  /**
   * A guard that has heard nothing yet.
   *
   * @param patience how long the first answer is waited for
   */
  Guard(PluginContext context, Site site, Duration patience) {
    this.context = context;
    this.site = site;
    this.patience = patience;
  }

  /** The limits that hold now; never fails. */
  Future<List<OutsideLimit>> ask() {
    if (!context.isProvided(EnvelopeAddresses.EFFECTIVE)) {
      last = null;
      awaitedSince = null;
      problem = "";
      return Future.succeededFuture(List.of());
    }
    return context
        .bus()
        .ask(
            EnvelopeAddresses.EFFECTIVE.at(site.tree().microgridId()),
            new GetEffectiveLimits(Optional.of(context.clock().instant())))
        .map(this::take)
        .recover(fault -> without());
  }

  /** What is wrong with the last answer; empty when nothing is. */
  String problem() {
    return problem;
  }

  private List<OutsideLimit> take(EffectiveLimits answer) {
    last = answer;
    problem = "";
    return limits(answer);
  }

  private Future<List<OutsideLimit>> without() {
    Instant now = context.clock().instant();
    if (last == null && awaits(now)) {
      Promise<List<OutsideLimit>> later = Promise.promise();
      context.scheduler().after(AGAIN, () -> ask().onComplete(later));
      return later.future();
    }
    boolean holds =
        last != null && last.validUntil().filter(until -> !now.isBefore(until)).isEmpty();
    problem = holds ? HELD : FAIL_SAFE;
    List<OutsideLimit> known = last == null ? List.of() : limits(last);
    return Future.succeededFuture(holds ? known : FailSafe.limits(site.tree(), known));
  }

  /** Whoever answers may have to start first, or to hear of the site. */
  private boolean awaits(Instant now) {
    if (awaitedSince == null) {
      awaitedSince = now;
    }
    return now.isBefore(awaitedSince.plus(patience));
  }

  private static List<OutsideLimit> limits(EffectiveLimits answer) {
    return answer.limits().stream()
        .map(
            limit ->
                new OutsideLimit(
                    limit.nodeId(),
                    limit.constraintType(),
                    limit.limitWatts(),
                    limit.constraintRef()))
        .toList();
  }
}
