package io.busbar.api.topology;

import io.busbar.api.Problem;
import java.util.List;
import java.util.UUID;

/** Reply to {@link ImportSite}. */
public sealed interface ImportReply {

  /**
   * Stored.
   *
   * @param depotId the depot
   * @param microgridId its one microgrid
   * @param version topology version after the import
   * @param changed false when the same content was stored already
   * @param added node ids new in the tree
   * @param removed node ids gone from the tree
   * @param unchanged how many nodes stayed
   */
  record Imported(
      UUID depotId,
      UUID microgridId,
      int version,
      boolean changed,
      List<UUID> added,
      List<UUID> removed,
      int unchanged)
      implements ImportReply {
    public Imported {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /**
   * Not stored: the text or the site it describes is wrong.
   *
   * @param problems every problem found; rules besides {@code SYNTAX} and {@code SCHEMA} are {@code
   *     CYCLE}, {@code ORPHAN}, {@code DUPLICATE_ASSET}, {@code MISSING_RATING}, {@code NESTING},
   *     {@code NO_GRID_CONNECTION}, {@code FAIL_SAFE_SUM} and {@code DEPOT_MISMATCH}
   */
  record Refused(List<Problem> problems) implements ImportReply {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
