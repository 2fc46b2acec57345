package io.busbar.api.topology;

import java.util.List;
import java.util.UUID;

/**
 * Asks to edit the tree of the microgrid that the address is keyed by.
 *
 * @param version the version that the editor has seen
 * @param edit what to change
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record EditTopology(int version, Edit edit, String actor, String correlationId) {

  /** What to change. */
  public sealed interface Edit {}

  /** The whole tree anew: a node that is not listed is removed. */
  public record Replace(List<NodeDraft> nodes) implements Edit {
    public Replace {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Some nodes.
   *
   * @param upsert nodes to add or to change, each as a whole; another parent moves what is below
   * @param remove ids of nodes to remove; what is below them has to be removed or moved as well
   */
  public record Patch(List<NodeDraft> upsert, List<UUID> remove) implements Edit {
    public Patch {
      upsert = List.copyOf(upsert);
      remove = List.copyOf(remove);
    }
  }
}
