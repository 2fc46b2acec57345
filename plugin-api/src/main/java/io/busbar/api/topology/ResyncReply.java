package io.busbar.api.topology;

import java.util.List;
import java.util.UUID;

/** Reply to {@link Resync}. */
public sealed interface ResyncReply {

  /** Done; the version rose only if something was added, removed or rated differently. */
  record Resynced(
      UUID microgridId, int version, List<UUID> added, List<UUID> removed, List<UUID> unchanged)
      implements ResyncReply {
    public Resynced {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      unchanged = List.copyOf(unchanged);
    }
  }

  /** No such depot. */
  record NotFound(UUID depotId) implements ResyncReply {}
}
