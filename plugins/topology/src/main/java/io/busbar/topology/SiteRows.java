package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Sites as rows. Ratings and meters are not copied into rows: they are read from the assets. */
final class SiteRows {

  private static final String READ =
      """
      select microgrid_id, depot_id, name, time_zone, version, assets::text as assets
      from microgrid where $1::uuid is null or depot_id = $1 order by name, depot_id
      """;

  private static final String READ_NODES =
      "select * from microgrid_node where microgrid_id = $1 order by display_order, node_id";

  private static final String READ_LIMITS =
      """
      select l.* from node_limit l left join microgrid_node n using (node_id)
      where l.microgrid_id = $1
      order by n.display_order, l.constraint_type, l.status, l.node_limit_id
      """;

  private static final String WRITE =
      """
      insert into microgrid (microgrid_id, depot_id, name, time_zone, version, assets)
      values ($1, $2, $3, $4, $5, $6::text::jsonb)
      on conflict (microgrid_id) do update
      set name = $3, time_zone = $4, version = $5, assets = $6::text::jsonb
      where microgrid.version = $7
      """;

  private static final String FORGET_LIMITS =
      "delete from node_limit where microgrid_id = $1 and not node_limit_id = any($2)";

  private static final String FORGET_NODES =
      "delete from microgrid_node where microgrid_id = $1 and not node_id = any($2)";

  private static final String WRITE_NODE =
      """
      insert into microgrid_node
        (node_id, microgrid_id, parent_node_id, name, node_type, attached_asset_type,
         attached_asset_id, status, display_order)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (node_id) do update
      set parent_node_id = $3, name = $4, node_type = $5, attached_asset_type = $6,
          attached_asset_id = $7, status = $8, display_order = $9
      """;

  private static final String WRITE_LIMIT =
      """
      insert into node_limit
        (node_limit_id, microgrid_id, node_id, constraint_type, limit_watts, source_type, status,
         updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (node_limit_id) do update
      set limit_watts = $5, status = $7, updated_at = $8
      """;

  private SiteRows() {}

  /** Sites, ordered by name; only one depot's when it is given. */
  static List<StoredSite> read(Transaction tx, Optional<UUID> depotId) {
    return stream(tx.query(READ, depotId.orElse(null))).map(row -> site(tx, row)).toList();
  }

  private static StoredSite site(Transaction tx, Row row) {
    Microgrid microgrid =
        new Microgrid(
            row.getUUID("microgrid_id"),
            row.getUUID("depot_id"),
            row.getString("name"),
            row.getString("time_zone"),
            row.getInteger("version"));
    String assets = row.getString("assets");
    StoredAssets known = StoredAssets.read(microgrid.name(), assets);
    UUID id = microgrid.microgridId();
    List<MicrogridNode> nodes =
        stream(tx.query(READ_NODES, id)).map(node -> node(node, known.facts())).toList();
    List<NodeLimit> limits = stream(tx.query(READ_LIMITS, id)).map(SiteRows::limit).toList();
    List<Meter> meters = known.meters(nodes);
    return new StoredSite(microgrid, known.document(), new Tree(nodes, limits, meters));
  }

  private static MicrogridNode node(Row row, Map<UUID, AssetFacts> facts) {
    Optional<UUID> asset = Optional.ofNullable(row.getUUID("attached_asset_id"));
    return new MicrogridNode(
        row.getUUID("node_id"),
        row.getUUID("microgrid_id"),
        Optional.ofNullable(row.getUUID("parent_node_id")),
        row.getString("name"),
        NodeType.valueOf(row.getString("node_type")),
        Optional.ofNullable(row.getString("attached_asset_type")).map(AssetType::valueOf),
        asset,
        MicrogridNode.Status.valueOf(row.getString("status")),
        row.getInteger("display_order"),
        asset.map(facts::get));
  }

  private static NodeLimit limit(Row row) {
    return new NodeLimit(
        row.getUUID("node_limit_id"),
        row.getUUID("microgrid_id"),
        Optional.ofNullable(row.getUUID("node_id")),
        NodeLimit.ConstraintType.valueOf(row.getString("constraint_type")),
        row.getInteger("limit_watts"),
        Optional.empty(),
        NodeLimit.SourceType.valueOf(row.getString("source_type")),
        NodeLimit.Status.valueOf(row.getString("status")),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  /**
   * Puts a site in the place of the version that the change was decided on.
   *
   * @throws IllegalStateException if that is not what is stored
   */
  static void write(Transaction tx, StoredSite site, Optional<Integer> replaced) {
    Microgrid microgrid = site.microgrid();
    UUID id = microgrid.microgridId();
    int written =
        tx.query(
                WRITE,
                id,
                microgrid.depotId(),
                microgrid.name(),
                microgrid.timeZone(),
                microgrid.version(),
                RecordJson.encode(site.assets()),
                replaced.orElse(0))
            .rowCount();
    if (written != 1) {
      throw new IllegalStateException(
          "microgrid %s is no longer at version %s".formatted(id, replaced.orElse(0)));
    }
    UUID[] limits = site.tree().limits().stream().map(NodeLimit::nodeLimitId).toArray(UUID[]::new);
    UUID[] nodes = site.tree().nodes().stream().map(MicrogridNode::nodeId).toArray(UUID[]::new);
    tx.query(FORGET_LIMITS, id, limits);
    tx.query(FORGET_NODES, id, nodes);
    tx.batch(WRITE_NODE, site.tree().nodes().stream().map(SiteRows::tuple).toList());
    tx.batch(WRITE_LIMIT, site.tree().limits().stream().map(SiteRows::tuple).toList());
  }

  private static Tuple tuple(MicrogridNode node) {
    return Tuple.from(
        new Object[] {
          node.nodeId(),
          node.microgridId(),
          node.parentNodeId().orElse(null),
          node.name(),
          node.nodeType().name(),
          node.attachedAssetType().map(Enum::name).orElse(null),
          node.attachedAssetId().orElse(null),
          node.status().name(),
          node.displayOrder()
        });
  }

  private static Tuple tuple(NodeLimit limit) {
    return Tuple.from(
        new Object[] {
          limit.nodeLimitId(),
          limit.microgridId(),
          limit.nodeId().orElse(null),
          limit.constraintType().name(),
          limit.limitWatts(),
          limit.sourceType().name(),
          limit.status().name(),
          limit.updatedAt().atOffset(ZoneOffset.UTC)
        });
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
