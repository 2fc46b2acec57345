package io.busbar.balancing;

import io.busbar.api.balancing.EndSession;
import io.busbar.api.balancing.GetSession;
import io.busbar.api.balancing.GetSessionReply;
import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SaveSession;
import io.busbar.api.balancing.SessionPage;
import io.busbar.api.balancing.SessionReply;
import io.busbar.api.balancing.SessionReply.Refused;
import io.busbar.api.balancing.SessionReply.Saved;
import io.busbar.api.topology.Violation;
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.session.SessionRules;
import io.busbar.balancing.session.Stay;
import io.busbar.balancing.state.Pages;
import io.busbar.balancing.state.StateStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does what people and programs ask of a site's sessions. What is asked is judged on what is known
 * now, stored, and then in force. When a device said something else of the same session meanwhile,
 * it is judged and stored again, so that memory and storage never differ.
 */
final class SessionDesk {

  private final SiteRunner runner;
  private final StateStore store;
  private final Clock clock;
  private final UUID microgridId;

  /** The last change under way: one is made after the other. */
  private Future<?> turn = Future.succeededFuture();

  SessionDesk(SiteRunner runner, StateStore store, Clock clock) {
    this.runner = runner;
    this.store = store;
    this.clock = clock;
    this.microgridId = runner.site().tree().microgridId();
  }

  /** What is to become of a session, or why not. */
  private sealed interface Judgement {
    record Become(KeptSession session) implements Judgement {}

    record Answer(SessionReply reply) implements Judgement {}
  }

  Future<SessionReply> save(SaveSession ask) {
    return inTurn(
        () ->
            change(ask.sessionId(), known -> judge(ask, known), ask.actor(), ask.correlationId()));
  }

  Future<SessionReply> end(EndSession ask) {
    return inTurn(
        () ->
            change(ask.sessionId(), known -> judge(ask, known), ask.actor(), ask.correlationId()));
  }

  private Future<SessionReply> inTurn(Supplier<Future<SessionReply>> work) {
    Future<SessionReply> done =
        turn.isComplete() ? work.get() : turn.transform(before -> work.get());
    turn = done;
    return done;
  }

  private Future<SessionReply> change(
      UUID sessionId,
      Function<Optional<KeptSession>, Judgement> judge,
      String actor,
      String correlationId) {
    return known(sessionId)
        .compose(
            known ->
                switch (judge.apply(known)) {
                  case Judgement.Answer(SessionReply reply) -> Future.succeededFuture(reply);
                  case Judgement.Become(KeptSession next) ->
                      runner
                          .store(next, actor, correlationId)
                          .compose(
                              stored ->
                                  isStill(known, next)
                                      ? Future.succeededFuture(enforce(next))
                                      : change(sessionId, judge, actor, correlationId));
                });
  }

  /** Whether nobody else changed the session, or the connector's other one, meanwhile. */
  private boolean isStill(Optional<KeptSession> known, KeptSession next) {
    Optional<KeptSession> now =
        runner.site().stay(next.nodeId()).map(Stay::session).orElse(Optional.empty());
    return now.equals(known);
  }

  private SessionReply enforce(KeptSession next) {
    runner.put(next);
    return new Saved(runner.site().view(next), true);
  }

  /** A session that lasts, from memory; another, also of another site, from the store. */
  private Future<Optional<KeptSession>> known(UUID sessionId) {
    Optional<KeptSession> lasting = runner.site().session(sessionId);
    return lasting.isPresent()
        ? Future.succeededFuture(lasting)
        : store.find(sessionId).map(found -> found.map(this::over));
  }

  /** Memory knows all that last here: one that it does not know has ended, whatever is stored. */
  private KeptSession over(KeptSession found) {
    if (!found.lasts() || !found.microgridId().equals(microgridId)) {
      return found;
    }
    Optional<KeptSession> ended =
        runner
            .site()
            .stay(found.nodeId())
            .flatMap(Stay::ended)
            .filter(last -> last.isCalled(found.sessionId()));
    return ended.orElseGet(
        () -> {
          KeptSession closed = found.ended(clock.instant(), OptionalLong.empty());
          runner.keep(closed);
          return closed;
        });
  }

  private Judgement judge(SaveSession ask, Optional<KeptSession> known) {
    Instant now = clock.instant();
    if (known.isEmpty()) {
      return begin(ask, now);
    }
    KeptSession session = known.get();
    List<Violation> violations = SessionRules.changing(ask, microgridId, session, now);
    return violations.isEmpty()
        ? become(session, session.given(ask.needs(), runner.site().register(session.nodeId())))
        : refused(violations);
  }

  private Judgement begin(SaveSession ask, Instant now) {
    if (ask.nodeId().isEmpty()) {
      return new Judgement.Answer(new SessionReply.NotFound(ask.sessionId()));
    }
    UUID nodeId = ask.nodeId().get();
    Optional<Stay> stay = runner.site().stay(nodeId);
    List<Violation> violations =
        stay.isEmpty()
            ? List.of(noConnector(nodeId))
            : SessionRules.beginning(ask, stay.get(), now);
    return violations.isEmpty()
        ? new Judgement.Become(
            KeptSession.begun(
                ask.sessionId(),
                microgridId,
                nodeId,
                ask.pluggedInAt().orElse(now),
                ask.needs(),
                runner.site().register(nodeId)))
        : refused(violations);
  }

  private Violation noConnector(UUID nodeId) {
    OptionalInt number = runner.site().tree().number(nodeId);
    return number.isEmpty()
        ? new Violation(
            "UNKNOWN_NODE",
            Optional.of(nodeId),
            "node " + nodeId + " is not part of this microgrid")
        : new Violation(
            "NOT_A_CONNECTOR",
            Optional.of(nodeId),
            "%s '%s' takes no vehicle"
                .formatted(
                    runner.site().tree().node(number.getAsInt()).nodeType(),
                    runner.site().tree().node(number.getAsInt()).name()));
  }

  private Judgement judge(EndSession ask, Optional<KeptSession> known) {
    if (known.isEmpty()) {
      return new Judgement.Answer(new SessionReply.NotFound(ask.sessionId()));
    }
    Instant now = clock.instant();
    Instant at = ask.unpluggedAt().orElse(now);
    KeptSession session = known.get();
    List<Violation> violations = SessionRules.ending(at, microgridId, session, now);
    if (!violations.isEmpty()) {
      return refused(violations);
    }
    return become(
        session,
        session.lasts() ? session.ended(at, runner.site().register(session.nodeId())) : session);
  }

  private Judgement become(KeptSession session, KeptSession next) {
    return next.equals(session)
        ? new Judgement.Answer(new Saved(runner.site().view(session), false))
        : new Judgement.Become(next);
  }

  private static Judgement refused(List<Violation> violations) {
    return new Judgement.Answer(new Refused(violations));
  }

  Future<GetSessionReply> get(GetSession question) {
    return known(question.sessionId())
        .map(
            known ->
                known
                    .filter(session -> session.microgridId().equals(microgridId))
                    .<GetSessionReply>map(
                        session -> new GetSessionReply.Found(runner.site().view(session)))
                    .orElseGet(() -> new GetSessionReply.NotFound(question.sessionId())));
  }

  /** Those that last from memory, the others as they are stored. */
  Future<SessionPage> page(ListSessions query) {
    Site site = runner.site();
    Future<Pages.Page> page =
        query.active().orElse(false)
            ? Future.succeededFuture(Pages.of(site.sessions(), query))
            : store.page(microgridId, query);
    return page.map(
        found ->
            new SessionPage(
                found.sessions().stream()
                    .map(session -> site.session(session.sessionId()).orElse(session))
                    .map(site::view)
                    .toList(),
                found.nextCursor()));
  }
}
