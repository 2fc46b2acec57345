package io.busbar.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Checks;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.api.topology.Meter.Fallback.Policy;
import io.busbar.topology.Site.Kind;
import io.busbar.topology.Site.MeterAsset;
import io.busbar.topology.Site.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads meters and what to assume when one is silent. */
final class MeterParser {

  private static final Map<String, Kind> PLACES =
      Map.of(
          "circuit", Kind.CIRCUIT,
          "charge_point", Kind.CHARGE_POINT,
          "connector", Kind.CONNECTOR,
          "power_source", Kind.POWER_SOURCE);

  private final Ratings ratings;

  MeterParser(Ratings ratings) {
    this.ratings = ratings;
  }

  List<MeterAsset> parse(Stream<Entry> entries) {
    return entries.filter(entry -> !entry.text("id").isEmpty()).map(this::meter).toList();
  }

  private MeterAsset meter(Entry entry) {
    Ref ref = new Ref(Kind.METER, entry.text("id"));
    List<Ref> measured =
        PLACES.keySet().stream()
            .filter(key -> !entry.text(key).isEmpty())
            .map(key -> new Ref(PLACES.get(key), entry.text(key)))
            .toList();
    if (measured.size() != 1) {
      String message =
          "%s: say with one of circuit, charge_point, connector, power_source what it measures";
      ratings.wrong(entry, message, ref);
    }
    return new MeterAsset(
        ref,
        ref.id(),
        entry.place(),
        measured.stream().findFirst(),
        fallback(entry),
        checks(entry, ref));
  }

  private Checks checks(Entry meter, Ref ref) {
    Checks checks =
        new Checks(
            meter.whole("min_watts"),
            meter.whole("max_watts"),
            meter.whole("frozen_seconds"),
            meter.whole("jump_watts"));
    int least = checks.minWatts().orElse(Integer.MIN_VALUE);
    if (least >= checks.maxWatts().orElse(Integer.MAX_VALUE)) {
      ratings.wrong(meter, "%s: min_watts %s is not below its max_watts", ref, least);
    }
    return checks;
  }

  private List<Fallback> fallback(Entry meter) {
    JsonNode list = meter.own().path("fallback");
    List<Fallback> fallback = new ArrayList<>();
    IntStream.range(0, list.size())
        .mapToObj(i -> new Entry(meter.place() + "/fallback/" + i, list.get(i), list.get(i)))
        .forEach(entry -> policy(entry).ifPresent(p -> fallback.add(fallback(entry, p))));
    return fallback;
  }

  private static Optional<Policy> policy(Entry entry) {
    return Arrays.stream(Policy.values())
        .filter(known -> known.name().equals(entry.text("policy")))
        .findFirst();
  }

  private Fallback fallback(Entry entry, Policy policy) {
    OptionalInt watts = entry.whole("watts");
    OptionalInt age = entry.whole("max_age_seconds");
    if (watts.isPresent() != (policy == Policy.FIXED)) {
      ratings.wrong(entry, "watts belongs to FIXED, and FIXED needs it; the policy is %s", policy);
    }
    if (age.isPresent() != (policy == Policy.LAST_GOOD)) {
      ratings.wrong(
          entry, "max_age_seconds belongs to LAST_GOOD, which needs it; the policy is %s", policy);
    }
    return new Fallback(policy, watts, age);
  }

  /** A meter of the tree, from its asset. */
  static Meter meter(MeterAsset asset, SiteIds ids, UUID nodeId) {
    return new Meter(
        ids.assetId(asset.ref()), asset.ref().id(), nodeId, asset.fallback(), asset.checks());
  }
}
