package io.busbar.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.busbar.api.Problem;
import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.documents.Document;
import io.busbar.topology.Site.ChargePoint;
import io.busbar.topology.Site.Circuit;
import io.busbar.topology.Site.Connector;
import io.busbar.topology.Site.Depot;
import io.busbar.topology.Site.Kind;
import io.busbar.topology.Site.PowerSource;
import io.busbar.topology.Site.Ref;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Document to {@link Site}: fills in defaults, writes out lists of equal charge points. Goes on
 * behind what is wrong, so that everything can be named at once; whatever it leaves out was named
 * by the schema or here.
 */
final class SiteParser {

  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

  private final JsonNode root;
  private final Ratings ratings;
  private final List<ChargePoint> chargePoints = new ArrayList<>();
  private final List<Connector> connectors = new ArrayList<>();

  SiteParser(Document document) {
    this.root = document.root();
    this.ratings = new Ratings(document);
  }

  /** Ratings that are missing, and values that contradict each other. */
  List<Problem> problems() {
    return ratings.problems();
  }

  Site parse() {
    entries("charge_points").forEach(this::chargePoint);
    entries("connectors").forEach(this::connector);
    return new Site(
        depot(),
        entries("circuits").flatMap(this::circuit).toList(),
        chargePoints,
        connectors,
        entries("power_sources").flatMap(this::powerSource).toList(),
        new MeterParser(ratings).parse(entries("meters")));
  }

  private Depot depot() {
    Entry depot = new Entry("/depot", root.path("depot"), NONE);
    String id = depot.text("id");
    String zone = depot.text("time_zone").isEmpty() ? "UTC" : depot.text("time_zone");
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      Entry place = new Entry("/depot/time_zone", NONE, NONE);
      ratings.wrong(place, "'%s' is no IANA time zone such as Europe/Berlin", zone);
    }
    return new Depot(id, nameOf(depot, id), zone);
  }

  private Stream<Circuit> circuit(Entry entry) {
    return ref(Kind.CIRCUIT, entry.text("id"))
        .map(
            ref -> {
              int capacity = ratings.required(entry, ref, "default_capacity");
              return new Circuit(
                  ref,
                  nameOf(entry, ref.id()),
                  entry.place(),
                  ref(Kind.CIRCUIT, entry.text("parent")),
                  capacity,
                  ratings.failSafe(entry, ref, capacity),
                  entry.wiring(),
                  new ConductorParser(ratings).parse(entry, ref),
                  ratings.ramp(entry, ref));
            })
        .stream();
  }

  private void chargePoint(Entry entry) {
    if (entry.own().has("id") == entry.own().has("ids")) {
      ratings.wrong(entry, "a charge point needs either id or ids");
    }
    JsonNode ids = entry.own().path("ids");
    List<Entry> places =
        ids.isArray()
            ? IntStream.range(0, ids.size())
                .mapToObj(i -> new Entry(entry.place() + "/ids/" + i, ids.get(i), NONE))
                .toList()
            : List.of(new Entry(entry.place(), entry.own().path("id"), NONE));
    List<Ref> refs =
        places.stream().flatMap(p -> ref(Kind.CHARGE_POINT, p.own().asText()).stream()).toList();
    if (refs.isEmpty()) {
      return;
    }
    int maxWatts = ratings.required(entry, refs.getFirst(), "max");
    for (int i = 0; i < refs.size(); i++) {
      Ref ref = refs.get(i);
      String place = places.get(i).place();
      chargePoints.add(
          new ChargePoint(
              ref,
              nameOf(entry, ref.id()),
              place,
              ref(Kind.CIRCUIT, entry.text("circuit")),
              maxWatts,
              entry.wiring()));
    }
    ownConnectors(entry, refs);
  }

  /** Connectors written inside a charge point, once for each of the charge points it stands for. */
  private void ownConnectors(Entry chargePoint, List<Ref> refs) {
    JsonNode list = chargePoint.own().path("connectors");
    for (int i = 0; i < list.size(); i++) {
      Entry entry = entry(chargePoint.place() + "/connectors/" + i, list.get(i), "connectors");
      String given = entry.text("id");
      int number = i + 1;
      String first = given.isEmpty() ? refs.getFirst().id() + '-' + number : given;
      Optional<ConnectorRating> rating = ratings.connector(entry, new Ref(Kind.CONNECTOR, first));
      for (Ref owner : refs) {
        Ref ref = new Ref(Kind.CONNECTOR, given.isEmpty() ? owner.id() + '-' + number : given);
        rating.ifPresent(
            r ->
                connectors.add(
                    new Connector(
                        ref, nameOf(entry, ref.id()), entry.place(), Optional.of(owner), r)));
      }
    }
  }

  private void connector(Entry entry) {
    Optional<Ref> owner = ref(Kind.CHARGE_POINT, entry.text("charge_point"));
    ref(Kind.CONNECTOR, entry.text("id"))
        .flatMap(
            ref ->
                ratings
                    .connector(entry, ref)
                    .map(r -> new Connector(ref, nameOf(entry, ref.id()), entry.place(), owner, r)))
        .ifPresent(connectors::add);
  }

  private Stream<PowerSource> powerSource(Entry entry) {
    return Stream.of(SourceFacts.Kind.values())
        .filter(kind -> kind.name().equals(entry.text("kind")))
        .flatMap(
            kind ->
                ref(Kind.POWER_SOURCE, entry.text("id")).stream()
                    .map(ref -> powerSource(entry, ref, kind)));
  }

  private PowerSource powerSource(Entry entry, Ref ref, SourceFacts.Kind kind) {
    boolean stores = kind == SourceFacts.Kind.BATTERY;
    return new PowerSource(
        ref,
        nameOf(entry, ref.id()),
        entry.place(),
        ref(Kind.CIRCUIT, entry.text("circuit")),
        kind,
        ratings.source(entry, ref, "max_import_watts", stores),
        ratings.source(entry, ref, "max_export_watts", true));
  }

  private Stream<Entry> entries(String section) {
    JsonNode list = root.path(section);
    return IntStream.range(0, list.isArray() ? list.size() : 0)
        .mapToObj(i -> entry("/" + section + '/' + i, list.get(i), section));
  }

  private Entry entry(String place, JsonNode own, String section) {
    JsonNode defaults = root.path("defaults").path(section);
    return new Entry(place, own, defaults.isObject() ? defaults : NONE);
  }

  private static Optional<Ref> ref(Kind kind, String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(new Ref(kind, id));
  }

  private static String nameOf(Entry entry, String id) {
    return entry.text("name").isEmpty() ? id : entry.text("name");
  }
}
