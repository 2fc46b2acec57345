package io.busbar.api.topology;

import java.util.List;

/** Reply to {@link GetDiff}. */
public sealed interface DiffReply {

  /** What changed; each list ordered by {@code node_id}. */
  record Diff(
      int from, int to, List<NodeDraft> added, List<NodeDraft> removed, List<Change> changed)
      implements DiffReply {
    public Diff {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = List.copyOf(changed);
    }
  }

  /** One of the versions does not exist; all from 1 to the newest do. */
  record NotFound(int version, int newest) implements DiffReply {}

  /** A node that is different. */
  record Change(NodeDraft before, NodeDraft after) {}
}
