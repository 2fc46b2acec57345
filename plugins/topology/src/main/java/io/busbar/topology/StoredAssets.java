package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.documents.Document;
import io.busbar.topology.Site.Rated;
import io.busbar.wire.RecordJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A depot's assets, and what they say of the nodes that refer to them.
 *
 * @param document as imported
 * @param site the same, read
 * @param known by asset id
 */
record StoredAssets(Map<String, Object> document, Site site, Map<UUID, Known> known) {

  /** An asset that a node may refer to. */
  record Known(AssetType type, AssetFacts facts) {}

  StoredAssets {
    known = Map.copyOf(known);
  }

  @SuppressWarnings("unchecked")
  static StoredAssets of(Document document, Site site) {
    SiteIds ids = new SiteIds(site.depot().id());
    Map<UUID, Known> known = new HashMap<>();
    Stream.of(site.circuits(), site.chargePoints(), site.connectors(), site.powerSources())
        .<Rated>flatMap(List::stream)
        .forEach(
            asset -> known.put(ids.assetId(asset.ref()), new Known(type(asset), Facts.of(asset))));
    return new StoredAssets(
        RecordJson.mapper().convertValue(document.root(), Map.class), site, known);
  }

  static StoredAssets read(String name, String json) {
    Document document = Document.parse(name, json);
    return of(document, new SiteParser(document).parse());
  }

  static AssetType type(Rated asset) {
    return switch (asset) {
      case Site.Circuit _ -> AssetType.CIRCUIT;
      case Site.ChargePoint _ -> AssetType.CHARGE_POINT;
      case Site.Connector _ -> AssetType.CONNECTOR;
      case Site.PowerSource _ -> AssetType.POWER_SOURCE;
    };
  }

  Optional<Known> find(UUID assetId) {
    return Optional.ofNullable(known.get(assetId));
  }

  /** Meters at the nodes of what they measure; one whose asset has no node measures nothing. */
  List<Meter> meters(List<MicrogridNode> nodes) {
    if (site.meters().isEmpty()) {
      return List.of();
    }
    SiteIds ids = new SiteIds(site.depot().id());
    Map<UUID, UUID> nodeByAsset = HashMap.newHashMap(nodes.size());
    nodes.forEach(n -> n.attachedAssetId().ifPresent(a -> nodeByAsset.put(a, n.nodeId())));
    return site.meters().stream()
        .flatMap(
            meter ->
                meter.measures().map(ids::assetId).map(nodeByAsset::get).stream()
                    .map(nodeId -> MeterParser.meter(meter, ids, nodeId)))
        .toList();
  }
}
