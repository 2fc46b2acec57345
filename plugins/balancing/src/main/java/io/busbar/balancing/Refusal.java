package io.busbar.balancing;

import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply.Refused;
import io.busbar.balancing.decide.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what was asked for could be balanced at all. */
final class Refusal {

  private Refusal() {}

  /** Why a cycle could not do what was asked; empty when it could. */
  static Optional<Refused> of(Site site, Rebalance request, Cycle cycle) {
    Decision decision = cycle.decision();
    boolean blind =
        request
            .nodeId()
            .flatMap(id -> site.tree().number(id).stream().boxed().findFirst())
            .map(decision::isBlind)
            .orElse(false);
    if (!blind && cycle.result().outcome() != Outcome.REJECTED) {
      return Optional.empty();
    }
    List<String> missing = missing(site, decision);
    return Optional.of(
        new Refused(
            "NO_TELEMETRY",
            "nothing usable is known of %s; look after these meters and devices, or give the meters a fallback"
                .formatted(String.join(", ", missing)),
            missing,
            "connectors concerned are lowered to their fail-safe value; nothing is raised"));
  }

  private static List<String> missing(Site site, Decision decision) {
    return decision.missingInputs().isEmpty()
        ? Stream.concat(site.neverHeard().stream(), decision.silentDevices().stream())
            .distinct()
            .toList()
        : decision.missingInputs();
  }
}
