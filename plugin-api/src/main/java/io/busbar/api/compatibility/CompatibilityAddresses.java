package io.busbar.api.compatibility;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/**
 * Older contracts that speak of circuits, translated into those of microgrids. Answered by one
 * removable plugin. Since 0.1.
 */
public interface CompatibilityAddresses {

  /** Runs exactly one cycle of the microgrid that the circuit belongs to, narrowed to it. */
  Request<RebalanceCircuit, RebalanceCircuitReply> REBALANCE_CIRCUIT =
      Request.of(
              "compatibility.rebalance_circuit.v1",
              RebalanceCircuit.class,
              RebalanceCircuitReply.class)
          .within(Duration.ofSeconds(20));

  /** What a circuit can carry, and what that comes from. */
  Request<GetCircuit, CircuitReply> CIRCUIT =
      Request.of("compatibility.circuit.v1", GetCircuit.class, CircuitReply.class);

  /** The schedule of a circuit's limits by time of use. */
  Request<GetTouLimits, TouLimitsReply> GET_TOU_LIMITS =
      Request.of("compatibility.get_tou_limits.v1", GetTouLimits.class, TouLimitsReply.class);

  /** Replaces it. Stored, and submitted as TOU_LIMIT envelopes, before it is answered. */
  Request<SetTouLimits, TouLimitsReply> SET_TOU_LIMITS =
      Request.of("compatibility.set_tou_limits.v1", SetTouLimits.class, TouLimitsReply.class)
          .within(Duration.ofSeconds(30));

  /** An older program asks for a cycle; heard, and translated into a question to balancing. */
  Topic<CircuitRebalanceRequested> CIRCUIT_REBALANCE_REQUESTED =
      Topic.of("load_balancer.rebalance_requested.v1", CircuitRebalanceRequested.class);

  /** A circuit stood for a node of a microgrid. */
  Topic<CircuitAliasApplied> ALIAS_APPLIED =
      Topic.of("compatibility.circuit_alias_applied.v1", CircuitAliasApplied.class);

  /** Something older could not be translated. */
  Topic<TranslationFailed> TRANSLATION_FAILED =
      Topic.of("compatibility.translation_failed.v1", TranslationFailed.class);
}
