package io.busbar.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.BusException;
import io.busbar.api.PluginContext;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.wire.RecordJson;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** What each operation of the contract does: ask on the bus, answer with the record. */
final class Operations {

  private final PluginContext busbar;
  private final Map<String, Handler<RoutingContext>> handlers = new HashMap<>();

  Operations(PluginContext busbar, EventStreams streams) {
    this.busbar = busbar;
    new SiteOperations(busbar.bus(), this);
    new EditOperations(busbar.bus(), this);
    new BalancingOperations(busbar.bus(), this);
    new RecordOperations(busbar.bus(), this);
    new SessionOperations(busbar.bus(), this);
    new CapabilityOperations(busbar.bus(), this);
    new AuditOperations(busbar.bus(), this);
    new EnvelopeOperations(busbar.bus(), this);
    new CircuitOperations(busbar.bus(), this);
    new OscpOperations(busbar.bus(), this);
    handlers.put("events", request -> listen(request, streams));
  }

  private void listen(RoutingContext request, EventStreams streams) {
    UUID id = new Ask(request).microgridId();
    busbar
        .bus()
        .ask(TopologyAddresses.LIST_SITES, new ListSites())
        .onFailure(request::fail)
        .onSuccess(
            list -> {
              if (list.sites().stream().anyMatch(site -> site.microgridId().equals(id))) {
                streams.open(request, id);
              } else {
                request.fail(ApiError.notFound("no microgrid " + id));
              }
            });
  }

  /** Says what an operation does. What it throws, and how it fails, becomes the answer. */
  void answers(String operation, Function<Ask, Future<?>> work) {
    handlers.put(
        operation,
        request ->
            work.apply(new Ask(request))
                .onSuccess(
                    result ->
                        request
                            .response()
                            .putHeader("Content-Type", "application/json")
                            .end(json(result)))
                .recover(fault -> explain(request, fault))
                .onFailure(request::fail));
  }

  /** Where nobody answers for a microgrid that topology knows, it is not there yet, or not now. */
  private <T> Future<T> explain(RoutingContext request, Throwable fault) {
    String id = request.pathParam(Ask.MICROGRID);
    if (id == null || !BusException.isAbsence(fault)) {
      return Future.failedFuture(fault);
    }
    return busbar
        .bus()
        .ask(TopologyAddresses.LIST_SITES, new ListSites())
        .compose(
            list ->
                Future.failedFuture(
                    list.sites().stream().anyMatch(site -> site.microgridId().toString().equals(id))
                        ? fault
                        : ApiError.notFound("no microgrid " + id)));
  }

  /** A reply as JSON; which of several replies it is, the status has said already. */
  private static String json(Object result) {
    ObjectNode json = RecordJson.mapper().valueToTree(result);
    json.remove("type");
    if (json.path("result") instanceof ObjectNode inner) {
      inner.remove("type");
    }
    return json.toString();
  }

  /** The answer to a change that was made. */
  Map<String, Object> accepted(UUID microgridId, Object result) {
    return Map.of(
        "microgrid_id", microgridId, "timestamp", busbar.clock().instant(), "result", result);
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
}
