package io.busbar.balancing;

import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.SetSettings;
import java.util.Optional;
import java.util.UUID;

/**
 * Why a cycle runs.
 *
 * @param nodeId narrows what is applied to a subtree
 * @param actor who caused it
 * @param source what made it run
 * @param correlationId ties it to a request; absent when there was none
 */
record CycleCause(
    Optional<UUID> nodeId, String actor, String source, Optional<String> correlationId) {

  static final CycleCause SCHEDULE = ofItself("schedule");
  static final CycleCause TOPOLOGY = ofItself("topology");
  static final CycleCause SESSION = ofItself("session");
  static final CycleCause FIELD = ofItself("field");

  private static CycleCause ofItself(String source) {
    return new CycleCause(Optional.empty(), "balancing", source, Optional.empty());
  }

  static CycleCause of(SetSettings request) {
    return new CycleCause(
        Optional.empty(), request.actor(), "settings", Optional.of(request.correlationId()));
  }

  static CycleCause of(Rebalance request) {
    return new CycleCause(
        request.nodeId(), request.actor(), request.source(), Optional.of(request.correlationId()));
  }
}
