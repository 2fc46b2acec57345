package io.busbar.topology;

import io.busbar.api.Problem;
import io.busbar.api.topology.Conductor;
import io.busbar.documents.Document;
import io.busbar.topology.Site.Asset;
import io.busbar.topology.Site.ChargePoint;
import io.busbar.topology.Site.Circuit;
import io.busbar.topology.Site.Connector;
import io.busbar.topology.Site.Kind;
import io.busbar.topology.Site.MeterAsset;
import io.busbar.topology.Site.PowerSource;
import io.busbar.topology.Site.Rated;
import io.busbar.topology.Site.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules of the domain that a site file must keep; each violation names what it is about. */
final class SiteRules {

  private static final double ROUNDING_AMPS = 1e-3;

  private final Document document;
  private final Site site;
  private final Map<Ref, Rated> assets = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** References named already: one place may speak for many charge points that are alike. */
  private final Set<String> referring = new HashSet<>();

  SiteRules(Document document, Site site) {
    this.document = document;
    this.site = site;
  }

  /** Everything wrong, in the order of the rules. */
  List<Problem> check() {
    checkDuplicates();
    rated().forEach(this::checkParent);
    site.meters().forEach(this::checkMeter);
    boolean cyclic = checkCycles();
    checkGridConnection(cyclic);
    if (!cyclic) {
      checkFailSafe();
    }
    return problems;
  }

  private Stream<Rated> rated() {
    return Stream.of(site.circuits(), site.chargePoints(), site.connectors(), site.powerSources())
        .flatMap(List::stream);
  }

  private void checkDuplicates() {
    Map<Ref, Asset> first = new HashMap<>();
    Set<Ref> twice = new HashSet<>();
    Stream.concat(rated(), site.meters().stream())
        .forEach(
            asset -> {
              Asset other = first.putIfAbsent(asset.ref(), asset);
              if (other != null && twice.add(asset.ref()) && !isInside(twice, asset)) {
                int line = document.line(other.place());
                String message = "%s is there twice; the first is on line %d";
                report("DUPLICATE_ASSET", asset.place(), message, asset.ref(), line);
              }
            });
    rated().forEach(asset -> assets.putIfAbsent(asset.ref(), asset));
  }

  /** A charge point that is there twice brings its connectors along; one message is enough. */
  private static boolean isInside(Set<Ref> twice, Asset asset) {
    return asset instanceof Connector connector
        && connector.place().startsWith("/charge_points/")
        && connector.parent().filter(twice::contains).isPresent();
  }

  private void checkParent(Rated asset) {
    asset.parent().ifPresent(parent -> checkRef(asset, referring(asset), parent, "hangs from"));
  }

  private void checkMeter(MeterAsset meter) {
    meter.measures().ifPresent(measured -> checkRef(meter, meter.place(), measured, "measures"));
  }

  /** Place of the key that says what the asset hangs from. */
  private static String referring(Rated asset) {
    String entry = asset.place().replaceFirst("/ids/.*", "");
    return switch (asset) {
      case Circuit _ -> entry + "/parent";
      case Connector _ -> entry + "/charge_point";
      case ChargePoint _, PowerSource _ -> entry + "/circuit";
    };
  }

  /** What is referred to must exist, and be of the kind that belongs there. */
  private void checkRef(Asset asset, String place, Ref target, String verb) {
    if (assets.containsKey(target) || !referring.add(place + ' ' + target)) {
      return;
    }
    Optional<Ref> other =
        Arrays.stream(Kind.values())
            .map(kind -> new Ref(kind, target.id()))
            .filter(assets::containsKey)
            .findFirst();
    if (other.isPresent()) {
      String message = "%s %s '%s', which is a %s; expected a %s";
      String found = other.get().kind().words();
      String expected = target.kind().words();
      report("NESTING", place, message, asset.ref(), verb, target.id(), found, expected);
    } else {
      report("ORPHAN", place, "%s %s %s, which does not exist", asset.ref(), verb, target);
    }
  }

  /** Names each cycle once, at its first circuit in the file. */
  private boolean checkCycles() {
    Set<Ref> done = new HashSet<>();
    boolean found = false;
    for (Circuit circuit : site.circuits()) {
      Set<Ref> path = new LinkedHashSet<>();
      Optional<Ref> next = Optional.of(circuit.ref());
      while (next.isPresent() && !done.contains(next.get()) && path.add(next.get())) {
        next = parentOf(next.get());
      }
      if (next.filter(path::contains).isPresent() && !done.contains(next.get())) {
        reportCycle(path, next.get());
        found = true;
      }
      done.addAll(path);
    }
    return found;
  }

  private Optional<Ref> parentOf(Ref ref) {
    return Optional.ofNullable(assets.get(ref)).flatMap(Rated::parent);
  }

  private void reportCycle(Set<Ref> path, Ref start) {
    String cycle =
        Stream.concat(path.stream().dropWhile(ref -> !ref.equals(start)), Stream.of(start))
            .map(ref -> "'" + ref.id() + "'")
            .collect(Collectors.joining(" → "));
    report(
        "CYCLE", referring(assets.get(start)), "circuits feed each other in a circle: %s", cycle);
  }

  private void checkGridConnection(boolean cyclic) {
    boolean fed = site.circuits().stream().anyMatch(circuit -> circuit.parent().isEmpty());
    if (!cyclic && !fed && !site.circuits().isEmpty()) {
      String message = "no circuit without parent: none of them is the feeder of a grid connection";
      problems.add(document.problem("NO_GRID_CONNECTION", "/circuits", message));
    }
  }

  /** When set-points stop, every connector falls back; all of it must fit under every limit. */
  private void checkFailSafe() {
    Map<Ref, Long> sums = new HashMap<>();
    Map<Ref, LineLoad> lines = new HashMap<>();
    for (Rated asset : assets.values()) {
      if (asset instanceof Connector connector && connector.rating().failSafeWatts() > 0) {
        addUpwards(connector, sums, lines);
      }
    }
    for (Rated asset : assets.values()) {
      long sum = sums.getOrDefault(asset.ref(), 0L);
      int limit = failSafeLimit(asset);
      if (sum > limit) {
        String message =
            "fail-safe currents at and below %s add up to %d W, above its limit of %d W";
        report("FAIL_SAFE_SUM", asset.place(), message, asset.ref(), sum, limit);
      }
    }
    site.circuits().stream()
        .filter(circuit -> lines.containsKey(circuit.ref()))
        .forEach(circuit -> checkFailSafeCurrents(circuit, lines.get(circuit.ref())));
  }

  private void checkFailSafeCurrents(Circuit circuit, LineLoad load) {
    for (Conductor line : circuit.conductors()) {
      double amps = load.mostAmps(line);
      if (amps > line.maxAmps() + ROUNDING_AMPS) {
        String message =
            "fail-safe currents below %s add up to %.1f A in conductor '%s', above its %.1f A";
        report(
            "FAIL_SAFE_SUM",
            circuit.place(),
            message,
            circuit.ref(),
            amps,
            line.name(),
            line.maxAmps());
      }
    }
  }

  private void addUpwards(Connector connector, Map<Ref, Long> sums, Map<Ref, LineLoad> lines) {
    long watts = connector.rating().failSafeWatts();
    Optional<Ref> at = Optional.of(connector.ref());
    while (at.isPresent()) {
      sums.merge(at.get(), watts, Long::sum);
      lines
          .computeIfAbsent(at.get(), ref -> new LineLoad())
          .add(connector.rating().wiring(), watts);
      at = parentOf(at.get());
    }
  }

  /** A circuit's fail-safe capacity is the one that holds when set-points have stopped. */
  private static int failSafeLimit(Rated asset) {
    return switch (asset) {
      case Circuit circuit -> circuit.failSafeWatts().orElse(circuit.capacityWatts());
      case ChargePoint point -> point.maxWatts();
      case Connector connector -> connector.rating().maxWatts();
      case PowerSource source -> source.maxImportWatts();
    };
  }

  private void report(String rule, String place, String message, Object... values) {
    problems.add(document.problem(rule, place, String.format(Locale.ROOT, message, values)));
  }
}
