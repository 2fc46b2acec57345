package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.EndSession;
import io.busbar.api.balancing.GetSession;
import io.busbar.api.balancing.GetSessionReply;
import io.busbar.api.balancing.GetSettings;
import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SaveSession;
import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.balancing.SessionReply;
import io.busbar.api.balancing.SetSettings;
import io.busbar.api.balancing.Strategy;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Stays of vehicles, and how a site is balanced: read and changed. */
final class SessionOperations {

  private final Bus bus;
  private final Operations operations;

  SessionOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("listSessions", this::list);
    operations.answers("beginSession", this::begin);
    operations.answers("getSession", this::get);
    operations.answers("updateSession", this::update);
    operations.answers("endSession", this::end);
    operations.answers(
        "getBalancing",
        ask -> bus.ask(BalancingAddresses.SETTINGS.at(ask.microgridId()), new GetSettings()));
    operations.answers("setBalancing", this::choose);
  }

  private Future<?> list(Ask ask) {
    ListSessions question =
        new ListSessions(
            ask.query("active").map(Boolean::valueOf),
            ask.queryId("node_id"),
            ask.queryTime("from"),
            ask.queryTime("to"),
            ask.limit(),
            ask.query("cursor"));
    return bus.ask(BalancingAddresses.SESSIONS.at(ask.microgridId()), question);
  }

  private Future<?> begin(Ask ask) {
    JsonObject body = ask.body();
    UUID sessionId =
        Optional.ofNullable(body.getString("session_id"))
            .map(id -> Ask.uuid("session_id", id))
            .orElseGet(UUID::randomUUID);
    UUID nodeId = Ask.uuid("node_id", body.getString("node_id"));
    return save(ask, sessionId, Optional.of(nodeId), time(body, "plugged_in_at"));
  }

  private Future<?> update(Ask ask) {
    return save(ask, ask.id("session_id"), Optional.empty(), Optional.empty());
  }

  private Future<?> save(Ask ask, UUID sessionId, Optional<UUID> nodeId, Optional<Instant> since) {
    SessionNeeds needs = Body.read(ask.body(), SessionNeeds.class);
    SaveSession question =
        new SaveSession(sessionId, nodeId, since, needs, ask.actor(), ask.correlation());
    return bus.ask(BalancingAddresses.SAVE_SESSION.at(ask.microgridId()), question)
        .map(reply -> answer(ask, reply));
  }

  private Future<?> end(Ask ask) {
    EndSession question =
        new EndSession(
            ask.id("session_id"), time(ask.body(), "unplugged_at"), ask.actor(), ask.correlation());
    return bus.ask(BalancingAddresses.END_SESSION.at(ask.microgridId()), question)
        .map(reply -> answer(ask, reply));
  }

  private Object answer(Ask ask, SessionReply reply) {
    return switch (reply) {
      case SessionReply.Saved saved -> operations.accepted(ask.microgridId(), saved.session());
      case SessionReply.NotFound none -> throw ApiError.notFound("no session " + none.sessionId());
      case SessionReply.Refused refused ->
          throw ApiError.violated("SESSION_REFUSED", refused.violations());
    };
  }

  private static Optional<Instant> time(JsonObject body, String name) {
    return Optional.ofNullable(body.getString(name)).map(text -> Ask.time(name, text));
  }

  private Future<?> get(Ask ask) {
    GetSession question = new GetSession(ask.id("session_id"));
    return bus.ask(BalancingAddresses.SESSION.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case GetSessionReply.Found found -> found.session();
                  case GetSessionReply.NotFound none ->
                      throw ApiError.notFound("no session " + none.sessionId());
                });
  }

  private Future<?> choose(Ask ask) {
    Optional<Strategy> strategy =
        Optional.ofNullable(ask.body().getString("strategy")).map(Strategy::valueOf);
    Optional<Granularity> granularity =
        Optional.ofNullable(ask.body().getString("granularity")).map(Granularity::valueOf);
    SetSettings question = new SetSettings(strategy, granularity, ask.actor(), ask.correlation());
    return bus.ask(BalancingAddresses.SET_SETTINGS.at(ask.microgridId()), question)
        .map(settings -> operations.accepted(ask.microgridId(), settings));
  }
}
