package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.Request;
import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionReply;
import io.busbar.api.oscp.ConnectionState;
import io.busbar.api.oscp.GetConnection;
import io.busbar.api.oscp.ListConnections;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.oscp.ReportNonCompliance;
import io.busbar.api.oscp.SetSecret;
import io.busbar.api.oscp.SteerConnection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** Links to grid operators: how they are, and what people do with them. */
final class OscpOperations {

  private final Bus bus;
  private final Operations operations;

  OscpOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("listOscpConnections", this::connections);
    operations.answers("getOscpConnection", this::connection);
    operations.answers(
        "adjustOscpForecast",
        ask -> command(ask, OscpAddresses.ADJUST, OscpOperations::adjustment));
    operations.answers(
        "reportOscpNonCompliance",
        ask -> command(ask, OscpAddresses.REPORT_NON_COMPLIANCE, OscpOperations::report));
    operations.answers(
        "steerOscpConnection", ask -> command(ask, OscpAddresses.STEER, OscpOperations::order));
    operations.answers(
        "setOscpSecret", ask -> command(ask, OscpAddresses.SET_SECRET, OscpOperations::secret));
  }

  private static <T> Future<T> there(Future<T> reply) {
    return Optionally.orNotFound(reply, "the oscp plugin is not running");
  }

  private Future<?> connections(Ask ask) {
    UUID microgrid = ask.microgridId();
    return there(bus.ask(OscpAddresses.CONNECTIONS, new ListConnections()))
        .map(
            list ->
                Map.of(
                    "connections",
                    list.connections().stream()
                        .filter(connection -> isAbout(connection, microgrid))
                        .toList()));
  }

  private static boolean isAbout(ConnectionState connection, UUID microgrid) {
    return connection.groups().stream().anyMatch(group -> group.microgridId().equals(microgrid));
  }

  /** A connection of another site is as unknown as one that is not there. */
  private Future<ConnectionReply.Found> connection(Ask ask) {
    String id = ask.request().pathParam("connection_id");
    return there(bus.ask(OscpAddresses.CONNECTION, new GetConnection(id)))
        .map(
            reply ->
                switch (reply) {
                  case ConnectionReply.Found found
                      when isAbout(found.connection(), ask.microgridId()) ->
                      found;
                  case ConnectionReply.Found _, ConnectionReply.NotFound _ ->
                      throw ApiError.notFound("no connection " + id);
                });
  }

  private <Q> Future<?> command(
      Ask ask, Request<Q, CommandReply> address, BiFunction<String, Ask, Q> question) {
    return connection(ask)
        .compose(
            found ->
                bus.ask(address, question.apply(found.connection().connectionId(), ask))
                    .map(reply -> answer(ask, reply)));
  }

  private Object answer(Ask ask, CommandReply reply) {
    return switch (reply) {
      case CommandReply.Accepted accepted -> operations.accepted(ask.microgridId(), accepted);
      case CommandReply.NotFound none -> throw ApiError.notFound("no " + none.what());
      case CommandReply.Refused refused ->
          throw new ApiError(409, refused.reasonCode(), refused.message());
    };
  }

  private static AdjustForecast adjustment(String connection, Ask ask) {
    return Body.read(authored(connection, ask), AdjustForecast.class);
  }

  private static ReportNonCompliance report(String connection, Ask ask) {
    return Body.read(authored(connection, ask), ReportNonCompliance.class);
  }

  private static SteerConnection order(String connection, Ask ask) {
    return Body.read(authored(connection, ask), SteerConnection.class);
  }

  private static SetSecret secret(String connection, Ask ask) {
    return Body.read(authored(connection, ask), SetSecret.class);
  }

  private static JsonObject authored(String connection, Ask ask) {
    return ask.body()
        .copy()
        .put("connection_id", connection)
        .put("actor", ask.actor())
        .put("correlation_id", ask.correlation());
  }
}
