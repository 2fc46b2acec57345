package io.busbar.api.topology;

import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import java.util.Optional;
import java.util.UUID;

/**
 * A node as an edit wants it; ratings come from the asset it refers to.
 *
 * @param nodeId identity, chosen by whoever edits
 * @param parentNodeId absent only on the first level
 * @param name for people
 * @param nodeType place in the tree
 * @param attachedAssetType kind of asset it refers to; absent for VIRTUAL
 * @param attachedAssetId the asset; absent for VIRTUAL
 * @param status whether it takes part
 * @param displayOrder order among its siblings
 */
public record NodeDraft(
    UUID nodeId,
    Optional<UUID> parentNodeId,
    String name,
    NodeType nodeType,
    Optional<AssetType> attachedAssetType,
    Optional<UUID> attachedAssetId,
    Status status,
    int displayOrder) {

  /** A node as it is. */
  public static NodeDraft of(MicrogridNode node) {
    return new NodeDraft(
        node.nodeId(),
        node.parentNodeId(),
        node.name(),
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        node.status(),
        node.displayOrder());
  }
}
