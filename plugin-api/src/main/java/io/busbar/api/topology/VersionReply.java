package io.busbar.api.topology;

import java.time.Instant;
import java.util.List;

/** Reply to {@link GetSnapshotAt}. */
public sealed interface VersionReply {

  /**
   * The tree at a version.
   *
   * @param version which
   * @param since when it came to be
   * @param actor who made it
   * @param nodes parents before children, siblings in their order
   */
  record Found(int version, Instant since, String actor, List<NodeDraft> nodes)
      implements VersionReply {
    public Found {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * No such version.
   *
   * @param version asked for
   * @param newest the newest there is; all from 1 on are kept
   */
  record NotFound(int version, int newest) implements VersionReply {}
}
