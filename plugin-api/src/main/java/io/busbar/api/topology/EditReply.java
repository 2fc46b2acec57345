package io.busbar.api.topology;

import java.util.List;
import java.util.UUID;

/** Reply to {@link EditTopology}. The first thing that is wrong decides: version, then rules. */
public sealed interface EditReply {

  /**
   * Stored and told.
   *
   * @param version after the edit; the same as before when it changed nothing
   * @param added ids of new nodes
   * @param removed ids of nodes that are gone
   * @param changed ids of nodes that are different
   */
  record Edited(
      UUID microgridId, int version, List<UUID> added, List<UUID> removed, List<UUID> changed)
      implements EditReply {
    public Edited {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = List.copyOf(changed);
    }
  }

  /**
   * Somebody else was faster; nothing is stored.
   *
   * @param expectedVersion the version that the edit was made for
   * @param actualVersion the version there is
   */
  record VersionConflict(int expectedVersion, int actualVersion) implements EditReply {}

  /**
   * Nothing is stored.
   *
   * @param violations every rule broken, at least one; rules are {@code DUPLICATE_NODE}, {@code
   *     FOREIGN_NODE}, {@code UNKNOWN_NODE}, {@code FOREIGN_PARENT}, {@code ORPHAN}, {@code CYCLE},
   *     {@code NO_GRID_CONNECTION}, {@code NESTING}, {@code UNKNOWN_ASSET}, {@code ASSET_TYPE},
   *     {@code DUPLICATE_ASSET}, {@code LIMITED_NODE_REMOVED}, {@code CONTROLLED_NODE_REMOVED} and
   *     {@code METERED_NODE_REMOVED}
   */
  record Invalid(List<Violation> violations) implements EditReply {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
