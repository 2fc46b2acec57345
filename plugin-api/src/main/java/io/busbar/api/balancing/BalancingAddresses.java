package io.busbar.api.balancing;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/** What the balancing engine answers and tells; all keyed by {@code microgrid_id}. Since 0.1. */
public interface BalancingAddresses {

  /**
   * Runs one cycle now. Asking again with the same {@code correlation_id} gives the result of the
   * first. Refused when there is nothing to decide on.
   */
  Request<Rebalance, RebalanceReply> REBALANCE =
      Request.of("balancing.rebalance.v1", Rebalance.class, RebalanceReply.class)
          .within(Duration.ofSeconds(15));

  /** Stored cycles, newest first. */
  Request<ListCycles, CyclePage> CYCLES =
      Request.of("balancing.cycles.v1", ListCycles.class, CyclePage.class);

  /** One cycle. */
  Request<GetCycle, CycleReply> CYCLE =
      Request.of("balancing.cycle.v1", GetCycle.class, CycleReply.class);

  /** Why a node got what it got in one cycle. */
  Request<Explain, ExplainReply> EXPLAIN =
      Request.of("balancing.explain.v1", Explain.class, ExplainReply.class);

  /**
   * Decides a stored cycle once more, on the inputs kept with it, and compares. Changes nothing.
   */
  Request<ReplayCycle, ReplayReply> REPLAY =
      Request.of("balancing.replay.v1", ReplayCycle.class, ReplayReply.class);

  /** Breaches, open and closed, the newest first. */
  Request<ListBreaches, BreachPage> BREACHES =
      Request.of("balancing.breaches.v1", ListBreaches.class, BreachPage.class);

  /** What the last cycle would have decided if limits, vehicles or the strategy were others. */
  Request<WhatIf, WhatIfReply> WHAT_IF =
      Request.of("balancing.what_if.v1", WhatIf.class, WhatIfReply.class);

  /** The last cycle, the open breaches and what else needs a person, from memory. */
  Request<GetStatus, SiteStatus> STATUS =
      Request.of("balancing.status.v1", GetStatus.class, SiteStatus.class);

  /** A cycle was asked for from outside. */
  Topic<RebalanceRequested> REBALANCE_REQUESTED =
      Topic.of("microgrid.rebalance_requested.v1", RebalanceRequested.class);

  /** Demand was measured or derived; told when the {@code source_mode} of a site changes. */
  Topic<DemandResolved> DEMAND_RESOLVED =
      Topic.of("microgrid.demand_resolved.v1", DemandResolved.class);

  /** A measured value went over a limit, or came back under it. */
  Topic<BreachChanged> BREACH =
      Topic.of("microgrid.constraint_breach_detected.v1", BreachChanged.class);

  /** A cycle is decided, its set-points are under way. */
  Topic<CycleCompleted> CYCLE_COMPLETED =
      Topic.of("microgrid.cycle_completed.v1", CycleCompleted.class);
}
