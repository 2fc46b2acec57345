package io.busbar.api.topology;

import java.util.Optional;
import java.util.UUID;

/**
 * A node of a microgrid's tree. The root is the microgrid itself and has no node.
 *
 * @param nodeId identity, kept over edits
 * @param microgridId the microgrid it belongs to
 * @param parentNodeId absent only on the first level
 * @param name for people
 * @param nodeType what it is
 * @param attachedAssetType kind of asset it refers to; absent for VIRTUAL
 * @param attachedAssetId the asset; absent for VIRTUAL
 * @param status whether it takes part
 * @param displayOrder stable order for API and console, and the engine's tie-breaker
 * @param asset ratings read from the asset at the time of the snapshot; absent for VIRTUAL
 */
public record MicrogridNode(
    UUID nodeId,
    UUID microgridId,
    Optional<UUID> parentNodeId,
    String name,
    NodeType nodeType,
    Optional<AssetType> attachedAssetType,
    Optional<UUID> attachedAssetId,
    Status status,
    int displayOrder,
    Optional<AssetFacts> asset) {

  /** Place in the tree. */
  public enum NodeType {
    GRID_CONNECTION,
    CIRCUIT,
    CHARGE_POINT,
    CONNECTOR,
    POWER_SOURCE,
    VIRTUAL
  }

  /** Kind of source asset; a GRID_CONNECTION refers to its top-level feeder CIRCUIT. */
  public enum AssetType {
    CIRCUIT,
    CHARGE_POINT,
    CONNECTOR,
    POWER_SOURCE
  }

  /** Whether a node takes part; nothing is allocated below one that is not ACTIVE. */
  public enum Status {
    ACTIVE,
    MAINTENANCE,
    UNAVAILABLE
  }
}
