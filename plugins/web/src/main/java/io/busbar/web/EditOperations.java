package io.busbar.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.Bus;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.EditTopology.Edit;
import io.busbar.api.topology.EditTopology.Patch;
import io.busbar.api.topology.EditTopology.Replace;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.wire.RecordJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changes that people make of a site: its tree, its limits, its control points. */
final class EditOperations {

  private final Bus bus;
  private final Operations operations;

  EditOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("editTopology", this::edit);
    operations.answers("listNodeLimits", this::limits);
    operations.answers("setNodeLimit", this::setLimit);
    operations.answers("listControlPoints", this::controlPoints);
    operations.answers("createControlPoint", ask -> save(ask, Optional.empty()));
    operations.answers(
        "updateControlPoint", ask -> save(ask, Optional.of(ask.id("control_point_id"))));
  }

  private Future<?> edit(Ask ask) {
    JsonObject body = ask.body();
    EditTopology question =
        new EditTopology(body.getInteger("version"), change(body), ask.actor(), ask.correlation());
    return bus.ask(TopologyAddresses.EDIT.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case EditReply.Edited done -> operations.accepted(done.microgridId(), done);
                  case EditReply.VersionConflict conflict -> throw conflict(conflict);
                  case EditReply.Invalid invalid ->
                      throw ApiError.violated("TOPOLOGY_INVALID", invalid.violations());
                });
  }

  private static Edit change(JsonObject body) {
    return switch (body.getString("mode")) {
      case "REPLACE" -> new Replace(drafts(body.getJsonArray("nodes", new JsonArray())));
      case "PATCH" ->
          new Patch(
              drafts(body.getJsonArray("upsert", new JsonArray())),
              body.getJsonArray("remove", new JsonArray()).stream()
                  .map(id -> Ask.uuid("remove", id.toString()))
                  .toList());
      default -> throw new IllegalStateException("the contract knows no other mode");
    };
  }

  private static List<NodeDraft> drafts(JsonArray nodes) {
    return nodes.stream()
        .map(node -> ((JsonObject) node).copy())
        .map(node -> node.put("status", node.getString("status", "ACTIVE")))
        .map(node -> Body.read(node, NodeDraft.class))
        .toList();
  }

  private static ApiError conflict(EditReply.VersionConflict conflict) {
    String message =
        "the edit is for version %d, but the tree is at version %d; read it again"
            .formatted(conflict.expectedVersion(), conflict.actualVersion());
    return new ApiError(409, "TOPOLOGY_VERSION_CONFLICT", message)
        .with("expected_version", conflict.expectedVersion())
        .with("actual_version", conflict.actualVersion());
  }

  private Future<?> limits(Ask ask) {
    Optional<UUID> node = ask.queryId("node_id");
    return bus.ask(TopologyAddresses.SNAPSHOT.at(ask.microgridId()), new GetSnapshot())
        .map(
            tree ->
                Map.of(
                    "node_limits",
                    tree.limits().stream()
                        .filter(limit -> node.isEmpty() || limit.nodeId().equals(node))
                        .toList()));
  }

  private Future<?> setLimit(Ask ask) {
    SetNodeLimit question = Body.read(authored(ask), SetNodeLimit.class);
    return bus.ask(TopologyAddresses.SET_NODE_LIMIT.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case NodeLimitReply.Stored stored ->
                      operations.accepted(stored.limit().microgridId(), stored.limit());
                  case NodeLimitReply.NotFound none ->
                      throw ApiError.notFound("no limit " + none.nodeLimitId());
                  case NodeLimitReply.Invalid invalid ->
                      throw ApiError.violated("NODE_LIMIT_INVALID", invalid.violations());
                });
  }

  private Future<?> controlPoints(Ask ask) {
    Optional<String> type = ask.query("capability_type");
    Optional<UUID> node = ask.queryId("node_id");
    Future<List<ControlPoint>> points =
        bus.ask(TopologyAddresses.CONTROL_POINTS.at(ask.microgridId()), new ListControlPoints())
            .map(
                list ->
                    list.controlPoints().stream()
                        .filter(p -> type.isEmpty() || p.capabilityType().name().equals(type.get()))
                        .filter(p -> node.isEmpty() || p.nodeId().equals(node))
                        .toList());
    return ask.query("include").isPresent()
        ? points.compose(found -> withLatest(ask.microgridId(), found))
        : points.map(found -> Map.of("control_points", found));
  }

  private Future<?> withLatest(UUID microgridId, List<ControlPoint> points) {
    return CapabilityOperations.latest(bus, microgridId)
        .map(
            latest -> {
              Map<UUID, StatusProjection> byPoint = new HashMap<>();
              latest.forEach(status -> byPoint.put(status.controlPointId(), status));
              return Map.of(
                  "control_points",
                  points.stream().map(p -> with(p, byPoint.get(p.controlPointId()))).toList());
            });
  }

  private static ObjectNode with(ControlPoint point, StatusProjection latest) {
    ObjectNode json = RecordJson.mapper().valueToTree(point);
    return json.set("latest_status", RecordJson.mapper().valueToTree(latest));
  }

  private Future<?> save(Ask ask, Optional<UUID> controlPointId) {
    JsonObject body = authored(ask);
    body.put("description", body.getString("description", ""));
    controlPointId.ifPresent(id -> body.put("control_point_id", id.toString()));
    SaveControlPoint question = Body.read(body, SaveControlPoint.class);
    return bus.ask(TopologyAddresses.SAVE_CONTROL_POINT.at(ask.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case ControlPointReply.Saved saved -> accepted(saved.controlPoint());
                  case ControlPointReply.NotFound none ->
                      throw ApiError.notFound("no control point " + none.controlPointId());
                  case ControlPointReply.Invalid invalid ->
                      throw ApiError.violated("CONTROL_POINT_INVALID", invalid.violations());
                });
  }

  private Map<String, Object> accepted(ControlPoint point) {
    return operations.accepted(point.microgridId(), point);
  }

  /** The body with who asks. */
  private static JsonObject authored(Ask ask) {
    return ask.body().copy().put("actor", ask.actor()).put("correlation_id", ask.correlation());
  }
}
