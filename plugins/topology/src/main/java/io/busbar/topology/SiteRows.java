package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sites as rows. Ratings and meters are not copied into rows: they are read from the assets. */
final class SiteRows {

  private static final String REVISION = "select revision from microgrid where depot_id = $1";

  private static final String READ =
      """
      select microgrid_id, depot_id, name, time_zone, version, revision, assets::text as assets
      from microgrid where $1::uuid is null or depot_id = $1 order by name, depot_id
      """;

  private static final String READ_NODES = "select * from microgrid_node where microgrid_id = $1";

  private static final String CREATE =
      """
      insert into microgrid (microgrid_id, depot_id, name, time_zone, version, revision, assets)
      values ($1, $2, $3, $4, $5, $6, $7::text::jsonb)
      """;

  private static final String CHANGE =
      """
      update microgrid
      set name = $2, time_zone = $3, version = $4, revision = $5,
          assets = coalesce($6::text::jsonb, assets)
      where microgrid_id = $1
      """;

  private static final String FORGET_NODES = "delete from microgrid_node where node_id = any($1)";

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

  private SiteRows() {}

  /** The revision of what is stored; empty when nothing is. */
  static Optional<Long> revision(Transaction tx, UUID depotId) {
    RowSet<Row> rows = tx.query(REVISION, depotId);
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(rows.iterator().next().getLong("revision"));
  }

  /** Sites, ordered by name; only one depot's when it is given. */
  static List<StoredSite> read(Transaction tx, Optional<UUID> depotId) {
    List<StoredSite> sites = new ArrayList<>();
    for (Row row : tx.query(READ, depotId.orElse(null))) {
      sites.add(site(tx, row));
    }
    return sites;
  }

  private static StoredSite site(Transaction tx, Row row) {
    Microgrid microgrid =
        new Microgrid(
            row.getUUID("microgrid_id"),
            row.getUUID("depot_id"),
            row.getString("name"),
            row.getString("time_zone"),
            row.getInteger("version"));
    StoredAssets assets = StoredAssets.read(microgrid.name(), row.getString("assets"));
    UUID id = microgrid.microgridId();
    List<MicrogridNode> unsorted = new ArrayList<>();
    tx.query(READ_NODES, id).forEach(node -> unsorted.add(node(node, assets)));
    List<MicrogridNode> nodes = TreeOrder.sort(unsorted);
    List<NodeLimit> stored = LimitRows.read(tx, id);
    Tree limitsAlone = new Tree(List.of(), stored, List.of());
    List<NodeLimit> limits = LimitSet.of(limitsAlone, nodes, LimitSet.set(stored), Instant.EPOCH);
    return new StoredSite(
        microgrid,
        row.getLong("revision"),
        assets,
        new Tree(nodes, limits, assets.meters(nodes)),
        ControlPointRows.read(tx, id));
  }

  private static MicrogridNode node(Row row, StoredAssets assets) {
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
        asset.flatMap(assets::find).map(StoredAssets.Known::facts));
  }

  /** Writes what is different from what was stored; the caller holds the depot's lock. */
  static void write(Transaction tx, Optional<StoredSite> previous, StoredSite site) {
    previous.ifPresentOrElse(before -> change(tx, before, site), () -> create(tx, site));
    Tree before = previous.map(StoredSite::tree).orElse(Tree.EMPTY);
    Delta<NodeLimit> limits =
        Delta.between(before.limits(), site.tree().limits(), NodeLimit::nodeLimitId);
    Delta<MicrogridNode> nodes =
        Delta.between(before.nodes(), site.tree().nodes(), MicrogridNode::nodeId);
    List<ControlPoint> points = previous.map(StoredSite::controlPoints).orElse(List.of());
    LimitRows.forget(tx, limits);
    if (!nodes.gone().isEmpty()) {
      tx.query(FORGET_NODES, (Object) nodes.goneIds());
    }
    tx.batch(WRITE_NODE, nodes.written().stream().map(SiteRows::tuple).toList());
    LimitRows.write(tx, limits);
    ControlPointRows.write(
        tx, Delta.between(points, site.controlPoints(), ControlPoint::controlPointId));
  }

  private static void create(Transaction tx, StoredSite site) {
    Microgrid microgrid = site.microgrid();
    tx.query(
        CREATE,
        site.id(),
        microgrid.depotId(),
        microgrid.name(),
        microgrid.timeZone(),
        microgrid.version(),
        site.revision(),
        RecordJson.encode(site.assets().document()));
  }

  private static void change(Transaction tx, StoredSite before, StoredSite site) {
    boolean sameAssets = before.assets() == site.assets();
    Microgrid microgrid = site.microgrid();
    tx.query(
        CHANGE,
        site.id(),
        microgrid.name(),
        microgrid.timeZone(),
        microgrid.version(),
        site.revision(),
        sameAssets ? null : RecordJson.encode(site.assets().document()));
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
}
