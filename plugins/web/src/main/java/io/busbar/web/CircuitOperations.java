package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.compatibility.CircuitReply;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.compatibility.GetCircuit;
import io.busbar.api.compatibility.GetTouLimits;
import io.busbar.api.compatibility.RebalanceCircuit;
import io.busbar.api.compatibility.RebalanceCircuitReply;
import io.busbar.api.compatibility.SetTouLimits;
import io.busbar.api.compatibility.TouLimitsReply;
import io.busbar.api.compatibility.TouSchedule;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What older consumers ask of circuits; there as long as the circuit-compat plugin is. */
final class CircuitOperations {

  private static final String ABSENT = "nothing older is served: circuit-compat is not running";

  private final Bus bus;
  private final Operations operations;

  CircuitOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("getCircuit", this::circuit);
    operations.answers("rebalanceCircuit", this::rebalance);
    operations.answers("getTouLimits", this::touLimits);
    operations.answers("setTouLimits", this::setTouLimits);
  }

  private static <T> Future<T> there(Future<T> reply) {
    return Optionally.orNotFound(reply, ABSENT);
  }

  private Future<?> circuit(Ask ask) {
    return there(bus.ask(CompatibilityAddresses.CIRCUIT, new GetCircuit(ask.id("circuit_id"))))
        .map(
            reply ->
                switch (reply) {
                  case CircuitReply.Found found -> found;
                  case CircuitReply.Unresolvable none ->
                      throw new ApiError(409, none.reasonCode(), none.message());
                });
  }

  private Future<?> rebalance(Ask ask) {
    JsonObject body = ask.body();
    RebalanceCircuit question =
        new RebalanceCircuit(
            ask.id("circuit_id"), ask.actor(), body.getString("correlation_id", ask.correlation()));
    return there(bus.ask(CompatibilityAddresses.REBALANCE_CIRCUIT, question))
        .map(
            reply ->
                switch (reply) {
                  case RebalanceCircuitReply.Completed done ->
                      operations.accepted(done.microgridId(), done);
                  case RebalanceCircuitReply.Unresolvable none ->
                      throw new ApiError(409, none.reasonCode(), none.message());
                  case RebalanceCircuitReply.Refused refused ->
                      throw new ApiError(503, refused.reasonCode(), refused.message())
                          .with("missing_inputs", new JsonArray(refused.missingInputs()))
                          .with("safe_action_taken", refused.safeActionTaken());
                });
  }

  private Future<?> touLimits(Ask ask) {
    GetTouLimits question = new GetTouLimits(ask.id("circuit_id"));
    return there(bus.ask(CompatibilityAddresses.GET_TOU_LIMITS, question))
        .map(CircuitOperations::found);
  }

  private Future<?> setTouLimits(Ask ask) {
    SetTouLimits question =
        new SetTouLimits(
            ask.id("circuit_id"),
            Body.read(ask.body(), TouSchedule.class),
            ask.actor(),
            ask.correlation());
    return there(bus.ask(CompatibilityAddresses.SET_TOU_LIMITS, question))
        .map(CircuitOperations::found)
        .map(found -> operations.accepted(found.microgridId(), found));
  }

  private static TouLimitsReply.Found found(TouLimitsReply reply) {
    return switch (reply) {
      case TouLimitsReply.Found found -> found;
      case TouLimitsReply.Refused refused ->
          throw new ApiError(422, refused.reasonCode(), refused.message())
              .with("violated_rule", refused.reasonCode())
              .with("details", new JsonArray(refused.details()));
    };
  }
}
