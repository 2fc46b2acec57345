package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.Problem;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.GetCycle;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ListCycles;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Resync;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.wire.RecordJson;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** What each operation of the contract does: ask on the bus, answer with the record. */
final class Operations {

  private static final int DEFAULT_PAGE = 50;

  private final PluginContext busbar;
  private final Bus bus;
  private final Map<String, Handler<RoutingContext>> handlers = new HashMap<>();

  Operations(PluginContext busbar, EventStreams streams) {
    this.busbar = busbar;
    this.bus = busbar.bus();
    answers("listDepots", r -> bus.ask(TopologyAddresses.LIST_SITES, new ListSites()));
    answers("getDepot", r -> site(uuid(r, "depot_id")));
    answers("importSite", this::importSite);
    answers("getMicrogridOfDepot", this::microgrid);
    answers("resync", this::resync);
    answers("getTopology", this::topology);
    answers("listNodeLimits", this::nodeLimits);
    answers("getStatus", r -> status(microgridId(r)));
    answers("rebalance", this::rebalance);
    answers("listCycles", this::cycles);
    answers("getCycle", this::cycle);
    answers("explain", this::explain);
    handlers.put("events", request -> streams.open(request, microgridId(request)));
  }

  private void answers(String operation, Function<RoutingContext, Future<?>> work) {
    handlers.put(
        operation,
        request ->
            work.apply(request)
                .onSuccess(
                    result ->
                        request
                            .response()
                            .putHeader("Content-Type", "application/json")
                            .end(RecordJson.encode(result)))
                .onFailure(request::fail));
  }

  Handler<RoutingContext> of(String operation) {
    Handler<RoutingContext> handler = handlers.get(operation);
    if (handler == null) {
      throw new IllegalStateException(
          "openapi.yaml has " + operation + ", which nobody implements");
    }
    return handler;
  }

  void checkAllRouted(OpenAPIContract contract) {
    TreeSet<String> left = new TreeSet<>(handlers.keySet());
    contract.operations().stream().map(Operation::getOperationId).forEach(left::remove);
    if (!left.isEmpty()) {
      throw new IllegalStateException("openapi.yaml does not have " + left);
    }
  }

  private Future<SiteReply.Found> site(UUID depotId) {
    return bus.ask(TopologyAddresses.GET_SITE, new GetSite(depotId))
        .map(
            reply ->
                switch (reply) {
                  case SiteReply.Found found -> found;
                  case SiteReply.NotFound none -> throw ApiError.notFound("no depot " + depotId);
                });
  }

  private Future<?> importSite(RoutingContext request) {
    String text = request.body().asString();
    if (text == null || text.isBlank()) {
      throw new ApiError(400, "BAD_REQUEST", "no body; expected a site as YAML or JSON");
    }
    ImportSite question =
        new ImportSite(
            Optional.of(uuid(request, "depot_id")),
            "body",
            text,
            actor(request),
            correlation(request));
    return bus.ask(TopologyAddresses.IMPORT_SITE, question)
        .map(
            reply ->
                switch (reply) {
                  case ImportReply.Imported imported -> accepted(imported.microgridId(), imported);
                  case ImportReply.Refused refused -> throw refusal(refused);
                });
  }

  private static ApiError refusal(ImportReply.Refused refused) {
    Problem first = refused.problems().getFirst();
    JsonArray details = new JsonArray();
    refused.problems().forEach(p -> details.add(new JsonObject(RecordJson.encode(p))));
    return new ApiError(422, "TOPOLOGY_INVALID", first.toString())
        .with("violated_rule", first.rule())
        .with("details", details);
  }

  private Future<?> microgrid(RoutingContext request) {
    return site(uuid(request, "depot_id"))
        .compose(
            found ->
                status(found.microgrid().microgridId())
                    .map(
                        status ->
                            Map.of(
                                "microgrid",
                                found.microgrid(),
                                "last_cycle",
                                status.lastCycle(),
                                "open_breaches",
                                status.openBreaches())));
  }

  private Future<?> resync(RoutingContext request) {
    UUID depotId = uuid(request, "depot_id");
    return bus.ask(
            TopologyAddresses.RESYNC, new Resync(depotId, actor(request), correlation(request)))
        .map(
            reply ->
                switch (reply) {
                  case ResyncReply.Resynced done -> accepted(done.microgridId(), done);
                  case ResyncReply.NotFound none -> throw ApiError.notFound("no depot " + depotId);
                });
  }

  private Future<TopologySnapshot> snapshot(UUID microgridId) {
    return bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot());
  }

  private Future<SiteStatus> status(UUID microgridId) {
    return bus.ask(BalancingAddresses.STATUS.at(microgridId), new GetStatus());
  }

  private Future<?> topology(RoutingContext request) {
    UUID id = microgridId(request);
    return snapshot(id).compose(tree -> status(id).map(status -> TopologyView.of(tree, status)));
  }

  private Future<?> nodeLimits(RoutingContext request) {
    Optional<UUID> node = queryUuid(request, "node_id");
    return snapshot(microgridId(request))
        .map(
            tree ->
                Map.of(
                    "node_limits",
                    tree.limits().stream()
                        .filter(limit -> node.isEmpty() || limit.nodeId().equals(node))
                        .toList()));
  }

  private Future<?> rebalance(RoutingContext request) {
    JsonObject body = request.body().isEmpty() ? new JsonObject() : request.body().asJsonObject();
    Optional<UUID> node = Optional.ofNullable(body.getString("node_id")).map(UUID::fromString);
    String correlation = body.getString("correlation_id", correlation(request));
    Rebalance question = new Rebalance(node, actor(request), "api", correlation);
    return bus.ask(BalancingAddresses.REBALANCE.at(microgridId(request)), question)
        .map(
            reply ->
                switch (reply) {
                  case RebalanceReply.Completed done ->
                      accepted(done.result().microgridId(), done.result());
                  case RebalanceReply.Refused refused -> throw refusal(refused);
                });
  }

  private static ApiError refusal(RebalanceReply.Refused refused) {
    int status = "NODE_UNKNOWN".equals(refused.reasonCode()) ? 404 : 503;
    return new ApiError(status, refused.reasonCode(), refused.message())
        .with("missing_inputs", new JsonArray(refused.missingInputs()))
        .with("safe_action_taken", refused.safeActionTaken());
  }

  private Future<?> cycles(RoutingContext request) {
    String limit = request.queryParams().get("limit");
    Optional<String> cursor = Optional.ofNullable(request.queryParams().get("cursor"));
    ListCycles question =
        new ListCycles(limit == null ? DEFAULT_PAGE : Integer.parseInt(limit), cursor);
    return bus.ask(BalancingAddresses.CYCLES.at(microgridId(request)), question);
  }

  private Future<?> cycle(RoutingContext request) {
    UUID cycleId = uuid(request, "cycle_id");
    return bus.ask(BalancingAddresses.CYCLE.at(microgridId(request)), new GetCycle(cycleId))
        .map(
            reply ->
                switch (reply) {
                  case CycleReply.Found found -> found.cycle();
                  case CycleReply.NotFound none ->
                      throw ApiError.notFound("cycle " + cycleId + " is not kept");
                });
  }

  private Future<?> explain(RoutingContext request) {
    String cycle = request.pathParam("cycle_id");
    Optional<UUID> cycleId =
        cycle.equals("latest") ? Optional.empty() : Optional.of(parse("cycle_id", cycle));
    UUID node =
        queryUuid(request, "node_id")
            .orElseThrow(() -> new ApiError(400, "BAD_REQUEST", "node_id is missing"));
    return bus.ask(BalancingAddresses.EXPLAIN.at(microgridId(request)), new Explain(cycleId, node))
        .map(
            reply ->
                switch (reply) {
                  case ExplainReply.Explained explained -> explained;
                  case ExplainReply.NotFound none -> throw ApiError.notFound(none.message());
                });
  }

  private Map<String, Object> accepted(UUID microgridId, Object result) {
    return Map.of(
        "microgrid_id", microgridId, "timestamp", busbar.clock().instant(), "result", result);
  }

  private static String actor(RoutingContext request) {
    return ApiRouter.principal(request).name();
  }

  private static String correlation(RoutingContext request) {
    String given = request.request().getHeader("X-Correlation-Id");
    return given == null ? UUID.randomUUID().toString() : given;
  }

  private static UUID microgridId(RoutingContext request) {
    return uuid(request, "microgrid_id");
  }

  private static UUID uuid(RoutingContext request, String name) {
    return parse(name, request.pathParam(name));
  }

  private static Optional<UUID> queryUuid(RoutingContext request, String name) {
    List<String> values = request.queryParam(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(parse(name, values.getFirst()));
  }

  private static UUID parse(String name, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ApiError(400, "BAD_REQUEST", name + " '" + text + "': expected a UUID")
          .with(
              "details",
              new JsonArray()
                  .add(new JsonObject().put("path", name).put("problem", "expected a UUID")));
    }
  }
}
