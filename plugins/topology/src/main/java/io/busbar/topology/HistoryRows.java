package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.VersionReply;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Every version of every tree. A row says what a node was from one version until another, so a
 * version costs as many rows as it changes nodes.
 */
final class HistoryRows {

  private static final String WRITE_VERSION =
      """
      insert into topology_version (microgrid_id, version, since, actor, correlation_id)
      values ($1, $2, $3, $4, $5)
      """;

  private static final String END =
      """
      update node_history set to_version = $2
      where microgrid_id = $1 and node_id = any($3) and to_version is null
      """;

  private static final String BEGIN =
      """
      insert into node_history
        (microgrid_id, from_version, node_id, parent_node_id, name, node_type, attached_asset_type,
         attached_asset_id, status, display_order)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;

  private static final String READ_VERSION =
      "select since, actor from topology_version where microgrid_id = $1 and version = $2";

  private static final String READ =
      """
      select * from node_history
      where microgrid_id = $1 and from_version <= $2 and (to_version is null or to_version > $2)
      """;

  private HistoryRows() {}

  /** Writes the version that a change led to, if it led to one. */
  static void write(
      Transaction tx, Optional<StoredSite> previous, StoredSite site, Author author, Instant now) {
    int version = site.microgrid().version();
    if (previous.filter(p -> p.microgrid().version() == version).isPresent()) {
      return;
    }
    tx.query(
        WRITE_VERSION,
        site.id(),
        version,
        now.atOffset(ZoneOffset.UTC),
        author.actor(),
        author.correlationId());
    Tree before = previous.map(StoredSite::tree).orElse(Tree.EMPTY);
    Delta<MicrogridNode> delta =
        Delta.between(before.nodes(), site.tree().nodes(), MicrogridNode::nodeId);
    List<NodeDraft> begun =
        delta.written().stream()
            .map(NodeDraft::of)
            .filter(
                draft ->
                    before.find(draft.nodeId()).map(NodeDraft::of).filter(draft::equals).isEmpty())
            .toList();
    List<UUID> ended = new ArrayList<>(delta.gone());
    begun.forEach(draft -> ended.add(draft.nodeId()));
    tx.query(END, site.id(), version, ended.toArray(UUID[]::new));
    tx.batch(BEGIN, begun.stream().map(draft -> tuple(site.id(), version, draft)).toList());
  }

  private static Tuple tuple(UUID microgridId, int version, NodeDraft node) {
    return Tuple.from(
        new Object[] {
          microgridId,
          version,
          node.nodeId(),
          node.parentNodeId().orElse(null),
          node.name(),
          node.nodeType().name(),
          node.attachedAssetType().map(Enum::name).orElse(null),
          node.attachedAssetId().orElse(null),
          node.status().name(),
          node.displayOrder()
        });
  }

  /** A version; empty when it never was. */
  static Optional<VersionReply.Found> read(Store store, UUID microgridId, int version) {
    RowSet<Row> found = store.query(READ_VERSION, microgridId, version);
    if (found.size() == 0) {
      return Optional.empty();
    }
    Row row = found.iterator().next();
    List<MicrogridNode> nodes = new ArrayList<>();
    store.query(READ, microgridId, version).forEach(node -> nodes.add(node(node)));
    return Optional.of(
        new VersionReply.Found(
            version,
            row.getOffsetDateTime("since").toInstant(),
            row.getString("actor"),
            TreeOrder.sort(nodes).stream().map(NodeDraft::of).toList()));
  }

  private static MicrogridNode node(Row row) {
    return new MicrogridNode(
        row.getUUID("node_id"),
        row.getUUID("microgrid_id"),
        Optional.ofNullable(row.getUUID("parent_node_id")),
        row.getString("name"),
        NodeType.valueOf(row.getString("node_type")),
        Optional.ofNullable(row.getString("attached_asset_type")).map(AssetType::valueOf),
        Optional.ofNullable(row.getUUID("attached_asset_id")),
        MicrogridNode.Status.valueOf(row.getString("status")),
        row.getInteger("display_order"),
        Optional.empty());
  }
}
