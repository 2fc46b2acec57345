package io.busbar.api.topology;

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

  /** Not stored: the text or the site it describes is wrong. Every problem is listed. */
  record Refused(List<Problem> problems) implements ImportReply {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * One thing wrong.
   *
   * @param rule stable machine name: {@code SYNTAX}, {@code SCHEMA}, {@code CYCLE}, {@code ORPHAN},
   *     {@code DUPLICATE_ASSET}, {@code MISSING_RATING}, {@code NESTING}, {@code
   *     NO_GRID_CONNECTION}, {@code FAIL_SAFE_SUM}, {@code DEPOT_MISMATCH}
   * @param source name of the text
   * @param line line in it, from 1; 0 when the problem has none
   * @param path place in the document, such as {@code circuits[2].parent}
   * @param message what is wrong and what was expected
   */
  record Problem(String rule, String source, int line, String path, String message) {}
}
