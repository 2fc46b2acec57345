package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.GetProjection;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.ProjectionList;
import io.busbar.api.capability.RecordReply;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Statuses of capabilities: reported and read. */
final class CapabilityOperations {

  private final Bus bus;
  private final Operations operations;

  CapabilityOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers(
        "recordStatus",
        ask ->
            record(
                ask, ask.microgridId(), Optional.of(ask.id("control_point_id")), Optional.empty()));
    operations.answers("recordStatusOfDepot", this::recordOfDepot);
    operations.answers("listStatusEvents", this::history);
  }

  private Future<?> recordOfDepot(Ask ask) {
    UUID depotId = ask.id("depot_id");
    CapabilityType type = CapabilityType.valueOf(ask.body().getString("capability_type"));
    return bus.ask(TopologyAddresses.GET_SITE, new GetSite(depotId))
        .compose(
            reply ->
                switch (reply) {
                  case SiteReply.Found found ->
                      record(
                          ask,
                          found.microgrid().microgridId(),
                          Optional.empty(),
                          Optional.of(type));
                  case SiteReply.NotFound none -> throw ApiError.notFound("no depot " + depotId);
                });
  }

  private Future<?> record(
      Ask ask, UUID microgridId, Optional<UUID> point, Optional<CapabilityType> type) {
    JsonObject body = ask.body();
    Object status = body.getValue("operational_status");
    RecordStatus question =
        new RecordStatus(
            microgridId,
            point,
            type,
            status instanceof Boolean on ? (on ? "ON" : "OFF") : status.toString(),
            ControlSource.valueOf(body.getString("reported_by", "EXTERNAL")),
            time(body.getString("observed_at")),
            Optional.ofNullable(body.getString("source_event_ref")),
            detail(body),
            ask.actor(),
            ask.correlation());
    return Optionally.orUnavailable(bus.ask(CapabilityAddresses.RECORD, question), "capability")
        .map(
            reply ->
                switch (reply) {
                  case RecordReply.Recorded done -> operations.accepted(microgridId, done);
                  case RecordReply.Refused refused -> throw refusal(refused);
                });
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      JsonObject detail =
          new JsonObject().put("path", "/observed_at").put("problem", "expected a time");
      throw new ApiError(400, "BAD_REQUEST", "observed_at '" + text + "': expected a time")
          .with("details", new JsonArray().add(detail));
    }
  }

  /** The reporter's fields, with a raw boolean status beside them. */
  private static Optional<Map<String, Object>> detail(JsonObject body) {
    Map<String, Object> detail =
        Optional.ofNullable(body.getJsonObject("status_detail"))
            .map(given -> new HashMap<>(given.getMap()))
            .orElseGet(HashMap::new);
    if (body.getValue("operational_status") instanceof Boolean raw) {
      detail.put("raw_status", raw);
    }
    return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
  }

  private static ApiError refusal(RecordReply.Refused refused) {
    return refused.rule().equals("UNKNOWN_CONTROL_POINT")
        ? ApiError.notFound(refused.message())
        : new ApiError(422, "STATUS_REFUSED", refused.message())
            .with("violated_rule", refused.rule())
            .with("details", new JsonArray());
  }

  private Future<?> history(Ask ask) {
    GetHistory question =
        new GetHistory(
            ask.microgridId(),
            ask.id("control_point_id"),
            ask.queryTime("from"),
            ask.queryTime("to"),
            ask.limit(),
            ask.query("cursor"));
    return Optionally.orUnavailable(bus.ask(CapabilityAddresses.HISTORY, question), "capability")
        .map(
            reply ->
                switch (reply) {
                  case HistoryReply.Page page -> page;
                  case HistoryReply.NotFound none ->
                      throw ApiError.notFound("no control point " + none.controlPointId());
                  case HistoryReply.BadCursor bad ->
                      throw new ApiError(400, "BAD_REQUEST", "cursor: expected one from a page");
                });
  }

  /** Latest statuses of a microgrid; none without the plugin. */
  static Future<List<StatusProjection>> latest(Bus bus, UUID microgridId) {
    return Optionally.orElse(
        bus.ask(CapabilityAddresses.PROJECTION, new GetProjection(microgridId))
            .map(ProjectionList::statuses),
        List.of());
  }
}
