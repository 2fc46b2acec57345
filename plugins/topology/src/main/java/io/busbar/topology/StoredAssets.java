package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.documents.Document;
import io.busbar.topology.Site.Rated;
import io.busbar.wire.RecordJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What stored assets say of the nodes that refer to them. */
record StoredAssets(Map<String, Object> document, Site site) {

  @SuppressWarnings("unchecked")
  static StoredAssets read(String name, String json) {
    Document document = Document.parse(name, json);
    Map<String, Object> assets = RecordJson.mapper().convertValue(document.root(), Map.class);
    return new StoredAssets(assets, new SiteParser(document).parse());
  }

  /** Ratings by asset id. */
  Map<UUID, AssetFacts> facts() {
    SiteIds ids = ids();
    Map<UUID, AssetFacts> facts = new HashMap<>();
    Stream.of(site.circuits(), site.chargePoints(), site.connectors(), site.powerSources())
        .<Rated>flatMap(List::stream)
        .forEach(asset -> facts.put(ids.assetId(asset.ref()), Facts.of(asset)));
    return facts;
  }

  /** Meters at the nodes of what they measure. */
  List<Meter> meters(List<MicrogridNode> nodes) {
    SiteIds ids = ids();
    Map<UUID, UUID> nodeByAsset = new HashMap<>();
    nodes.forEach(n -> n.attachedAssetId().ifPresent(a -> nodeByAsset.put(a, n.nodeId())));
    return site.meters().stream()
        .flatMap(
            meter ->
                meter.measures().map(ids::assetId).map(nodeByAsset::get).stream()
                    .map(nodeId -> MeterParser.meter(meter, ids, nodeId)))
        .toList();
  }

  private SiteIds ids() {
    return new SiteIds(site.depot().id());
  }
}
