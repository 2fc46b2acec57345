package io.busbar.compat;

import io.busbar.api.Bus;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.compatibility.RebalanceCircuit;
import io.busbar.api.compatibility.RebalanceCircuitReply;
import io.busbar.api.compatibility.RebalanceCircuitReply.ConnectorShare;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.compat.Aliases.Alias;
import io.busbar.compat.Translations.Asked;
import io.busbar.compat.Translations.Path;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes of a request for a circuit exactly one cycle of its microgrid. */
final class CycleTranslator {

  static final String NOT_RESOLVABLE = "CIRCUIT_ALIAS_NOT_RESOLVABLE";

  private final Bus bus;
  private final Circuits circuits;
  private final Translations translations;

  CycleTranslator(Bus bus, Circuits circuits, Translations translations) {
    this.bus = bus;
    this.circuits = circuits;
    this.translations = translations;
  }

  Future<RebalanceCircuitReply> rebalance(RebalanceCircuit asked, Path path) {
    return circuits
        .find(asked.circuitId())
        .compose(
            found ->
                found.size() == 1
                    ? run(asked, path, found.getFirst())
                    : Future.succeededFuture(unresolvable(asked, path, found)));
  }

  private RebalanceCircuitReply unresolvable(RebalanceCircuit asked, Path path, List<Alias> found) {
    String problem = Circuits.problem(asked.circuitId(), found);
    translations.failed(asked(asked, path), NOT_RESOLVABLE, problem);
    return new RebalanceCircuitReply.Unresolvable(NOT_RESOLVABLE, problem);
  }

  private static Asked asked(RebalanceCircuit asked, Path path) {
    return new Asked(asked.circuitId(), path, asked.actor(), asked.correlationId());
  }

  private Future<RebalanceCircuitReply> run(RebalanceCircuit asked, Path path, Alias alias) {
    translations.applied(asked(asked, path), alias);
    Rebalance request =
        new Rebalance(
            Optional.of(alias.nodeId()),
            asked.actor(),
            Rebalance.CIRCUIT_ALIAS,
            asked.correlationId());
    return bus.ask(BalancingAddresses.REBALANCE.at(alias.microgridId()), request)
        .map(
            reply ->
                switch (reply) {
                  case RebalanceReply.Completed done -> completed(alias, done.result());
                  case RebalanceReply.Refused refused ->
                      new RebalanceCircuitReply.Refused(
                          refused.reasonCode(),
                          refused.message(),
                          refused.missingInputs(),
                          refused.safeActionTaken());
                });
  }

  private static RebalanceCircuitReply completed(Alias alias, CycleResult cycle) {
    Map<UUID, NodeAllocation> byNode = new HashMap<>();
    cycle.allocationSummary().byNode().forEach(node -> byNode.put(node.nodeId(), node));
    List<ConnectorShare> shares =
        alias.connectors().stream()
            .filter(connector -> byNode.containsKey(connector.nodeId()))
            .map(connector -> share(connector, byNode.get(connector.nodeId())))
            .toList();
    return new RebalanceCircuitReply.Completed(
        alias.circuitId(), alias.microgridId(), alias.nodeId(), cycle, shares);
  }

  private static ConnectorShare share(MicrogridNode connector, NodeAllocation got) {
    return new ConnectorShare(
        connector.attachedAssetId().orElseThrow(),
        connector.asset().orElseThrow().ref(),
        got.requestedWatts(),
        got.allocatedWatts(),
        got.bindingConstraintRef());
  }
}
