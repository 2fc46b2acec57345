package io.busbar.compat;

import io.busbar.api.Bus;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.compat.Aliases.Alias;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Looks circuits up in what topology says at that moment; nothing of it is kept. */
final class Circuits {

  private final Bus bus;

  Circuits(Bus bus) {
    this.bus = bus;
  }

  /** Every node that refers to the circuit. */
  Future<List<Alias>> find(UUID circuitId) {
    return bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .compose(
            list -> {
              List<Future<TopologySnapshot>> snapshots =
                  list.sites().stream()
                      .map(
                          site ->
                              bus.ask(
                                  TopologyAddresses.SNAPSHOT.at(site.microgridId()),
                                  new GetSnapshot()))
                      .toList();
              return Future.all(snapshots)
                  .map(done -> Aliases.of(circuitId, done.<TopologySnapshot>list()));
            });
  }

  /** What is wrong with a circuit that is not referred to by exactly one node. */
  static String problem(UUID circuitId, List<Alias> found) {
    return found.isEmpty()
        ? "no microgrid has a node for circuit " + circuitId
        : "circuit %s is referred to by %d nodes: %s; expected one"
            .formatted(circuitId, found.size(), found.stream().map(Alias::nodeId).toList());
  }
}
