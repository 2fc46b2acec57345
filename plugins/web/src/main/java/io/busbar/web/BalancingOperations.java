package io.busbar.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.GetCycle;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ListCycles;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.WhatIf;
import io.busbar.api.balancing.WhatIfReply;
import io.busbar.wire.RecordJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** Cycles, and why each charger got what it got. */
final class BalancingOperations {

  private final Bus bus;
  private final Operations operations;

  BalancingOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("getStatus", this::status);
    operations.answers("rebalance", this::rebalance);
    operations.answers(
        "listCycles",
        ask ->
            bus.ask(
                BalancingAddresses.CYCLES.at(ask.microgridId()),
                new ListCycles(ask.limit(), ask.query("cursor"))));
    operations.answers("getCycle", this::cycle);
    operations.answers("explain", this::explain);
    operations.answers("whatIf", this::whatIf);
  }

  /** What balancing knows, and the latest of what controllers report. */
  private Future<?> status(Ask ask) {
    UUID id = ask.microgridId();
    return bus.ask(BalancingAddresses.STATUS.at(id), new GetStatus())
        .compose(
            status ->
                CapabilityOperations.latest(bus, id)
                    .compose(
                        latest ->
                            EnvelopeOperations.effective(bus, id)
                                .map(
                                    limits -> {
                                      ObjectNode json = RecordJson.mapper().valueToTree(status);
                                      json.set(
                                          "capability", RecordJson.mapper().valueToTree(latest));
                                      return json.set(
                                          "effective_limits",
                                          RecordJson.mapper().valueToTree(limits.limits()));
                                    })));
  }

  private Future<?> rebalance(Ask ask) {
    JsonObject body = ask.body();
    Optional<UUID> node =
        Optional.ofNullable(body.getString("node_id")).map(id -> Ask.uuid("node_id", id));
    String correlation = body.getString("correlation_id", ask.correlation());
    Rebalance question = new Rebalance(node, ask.actor(), "api", correlation);
    return bus.ask(BalancingAddresses.REBALANCE.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case RebalanceReply.Completed done ->
                      operations.accepted(done.result().microgridId(), done.result());
                  case RebalanceReply.Refused refused -> throw refusal(refused);
                });
  }

  private static ApiError refusal(RebalanceReply.Refused refused) {
    int status = "NODE_UNKNOWN".equals(refused.reasonCode()) ? 404 : 503;
    return new ApiError(status, refused.reasonCode(), refused.message())
        .with("missing_inputs", new JsonArray(refused.missingInputs()))
        .with("safe_action_taken", refused.safeActionTaken());
  }

  private Future<?> whatIf(Ask ask) {
    WhatIf question = Body.read(ask.body(), WhatIf.class);
    return bus.ask(BalancingAddresses.WHAT_IF.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case WhatIfReply.Decided decided -> decided;
                  case WhatIfReply.Refused refused -> throw refusal(refused);
                });
  }

  private static ApiError refusal(WhatIfReply.Refused refused) {
    return switch (refused.reasonCode()) {
      case "NODE_UNKNOWN" -> ApiError.notFound(refused.message());
      case "NO_CYCLE_YET" ->
          new ApiError(503, refused.reasonCode(), refused.message())
              .with("missing_inputs", new JsonArray())
              .with("safe_action_taken", "none; nothing was to be applied");
      default ->
          new ApiError(422, "WHAT_IF_REFUSED", refused.message())
              .with("violated_rule", refused.reasonCode())
              .with("details", new JsonArray());
    };
  }

  private Future<?> cycle(Ask ask) {
    UUID cycleId = ask.id("cycle_id");
    return bus.ask(BalancingAddresses.CYCLE.at(ask.microgridId()), new GetCycle(cycleId))
        .map(
            reply ->
                switch (reply) {
                  case CycleReply.Found found -> found.cycle();
                  case CycleReply.NotFound none ->
                      throw ApiError.notFound("cycle " + cycleId + " is not kept");
                });
  }

  private Future<?> explain(Ask ask) {
    String cycle = ask.request().pathParam("cycle_id");
    Optional<UUID> cycleId =
        cycle.equals("latest") ? Optional.empty() : Optional.of(Ask.uuid("cycle_id", cycle));
    UUID node =
        ask.queryId("node_id")
            .orElseThrow(() -> new ApiError(400, "BAD_REQUEST", "node_id is missing"));
    return bus.ask(BalancingAddresses.EXPLAIN.at(ask.microgridId()), new Explain(cycleId, node))
        .map(
            reply ->
                switch (reply) {
                  case ExplainReply.Explained explained -> explained;
                  case ExplainReply.NotFound none -> throw ApiError.notFound(none.message());
                });
  }
}
