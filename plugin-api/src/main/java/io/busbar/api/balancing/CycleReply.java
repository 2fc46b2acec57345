package io.busbar.api.balancing;

import java.util.UUID;

/** Reply to {@link GetCycle}. */
public sealed interface CycleReply {

  /** The cycle. */
  record Found(CycleResult cycle) implements CycleReply {}

  /** No such cycle is kept. */
  record NotFound(UUID cycleId) implements CycleReply {}
}
