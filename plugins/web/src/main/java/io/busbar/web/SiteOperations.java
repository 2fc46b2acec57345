package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.Problem;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.DiffReply;
import io.busbar.api.topology.GetDiff;
import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.GetSnapshotAt;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeCollection;
import io.busbar.api.topology.QueryNodes;
import io.busbar.api.topology.Resync;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.VersionReply;
import io.busbar.wire.RecordJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sites, their trees, and what they were. */
final class SiteOperations {

  private final Bus bus;
  private final Operations operations;

  SiteOperations(Bus bus, Operations operations) {
    this.bus = bus;
    this.operations = operations;
    operations.answers("listDepots", ask -> bus.ask(TopologyAddresses.LIST_SITES, new ListSites()));
    operations.answers("getDepot", ask -> site(ask.id("depot_id")));
    operations.answers("importSite", this::importSite);
    operations.answers("getMicrogridOfDepot", this::microgrid);
    operations.answers("resync", this::resync);
    operations.answers("getTopology", this::topology);
    operations.answers("getTopologyDiff", this::diff);
    operations.answers("getCollection", this::collection);
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

  private Future<?> importSite(Ask ask) {
    String text = ask.request().body().asString();
    if (text == null || text.isBlank()) {
      throw new ApiError(400, "BAD_REQUEST", "no body; expected a site as YAML or JSON");
    }
    ImportSite question =
        new ImportSite(
            Optional.of(ask.id("depot_id")), "body", text, ask.actor(), ask.correlation());
    return bus.ask(TopologyAddresses.IMPORT_SITE, question)
        .map(
            reply ->
                switch (reply) {
                  case ImportReply.Imported imported ->
                      operations.accepted(imported.microgridId(), imported);
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

  private Future<?> microgrid(Ask ask) {
    return site(ask.id("depot_id")).compose(found -> microgrid(found.microgrid()));
  }

  private Future<?> microgrid(Microgrid microgrid) {
    UUID id = microgrid.microgridId();
    Future<SiteStatus> status = Optionally.orUnavailable(status(id), "balancing");
    Future<?> envelopes = EnvelopeOperations.active(bus, id);
    Future<?> capacities = EnvelopeOperations.capacities(bus, id);
    return Future.all(status, envelopes, capacities)
        .map(
            done ->
                Map.of(
                    "microgrid",
                    microgrid,
                    "last_cycle",
                    status.result().lastCycle(),
                    "open_breaches",
                    status.result().openBreaches(),
                    "active_envelopes",
                    envelopes.result(),
                    "effective_circuit_capacities",
                    capacities.result()));
  }

  private Future<?> resync(Ask ask) {
    UUID depotId = ask.id("depot_id");
    return bus.ask(TopologyAddresses.RESYNC, new Resync(depotId, ask.actor(), ask.correlation()))
        .map(
            reply ->
                switch (reply) {
                  case ResyncReply.Resynced done -> operations.accepted(done.microgridId(), done);
                  case ResyncReply.NotFound none -> throw ApiError.notFound("no depot " + depotId);
                });
  }

  private Future<SiteStatus> status(UUID microgridId) {
    return bus.ask(BalancingAddresses.STATUS.at(microgridId), new GetStatus());
  }

  private Future<?> topology(Ask ask) {
    UUID id = ask.microgridId();
    Optional<Integer> version = ask.queryNumber("version");
    return version.isPresent() ? topologyAt(id, version.get()) : topologyNow(id);
  }

  private Future<?> topologyNow(UUID id) {
    Future<TopologySnapshot> tree = bus.ask(TopologyAddresses.SNAPSHOT.at(id), new GetSnapshot());
    Future<Optional<CycleResult>> last =
        Optionally.orElse(status(id).map(SiteStatus::lastCycle), Optional.empty());
    return tree.compose(found -> last.map(cycle -> TopologyView.of(found, cycle)));
  }

  private Future<?> topologyAt(UUID id, int version) {
    return bus.ask(TopologyAddresses.SNAPSHOT_AT.at(id), new GetSnapshotAt(version))
        .map(
            reply ->
                switch (reply) {
                  case VersionReply.Found found -> found;
                  case VersionReply.NotFound none -> throw noVersion(version, none.newest());
                });
  }

  private Future<?> diff(Ask ask) {
    int from = ask.queryNumber("from").orElseThrow();
    int to = ask.queryNumber("to").orElseThrow();
    return bus.ask(TopologyAddresses.DIFF.at(ask.microgridId()), new GetDiff(from, to))
        .map(
            reply ->
                switch (reply) {
                  case DiffReply.Diff diff -> diff;
                  case DiffReply.NotFound none -> throw noVersion(none.version(), none.newest());
                });
  }

  private static ApiError noVersion(int version, int newest) {
    return ApiError.notFound("no version %d; the newest is %d".formatted(version, newest));
  }

  private Future<?> collection(Ask ask) {
    QueryNodes query =
        new QueryNodes(
            names(ask, "node_type", NodeType::valueOf),
            names(ask, "status", Status::valueOf),
            names(ask, "capability_type", CapabilityType::valueOf),
            ask.queryId("under"));
    return bus.ask(TopologyAddresses.COLLECTION.at(ask.microgridId()), query)
        .map(
            reply ->
                switch (reply) {
                  case NodeCollection.Found found -> found;
                  case NodeCollection.NotFound none ->
                      throw ApiError.notFound("no node " + none.under());
                });
  }

  private static <E> Set<E> names(Ask ask, String parameter, Function<String, E> reader) {
    List<String> values = ask.queryList(parameter);
    return values.stream()
        .map(value -> Ask.read(parameter, value, "a known name", reader))
        .collect(Collectors.toSet());
  }
}
