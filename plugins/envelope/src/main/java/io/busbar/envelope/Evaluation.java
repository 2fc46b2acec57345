package io.busbar.envelope;

import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimit.NamedLimit;
import io.busbar.api.envelope.EffectiveLimit.State;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.EnvelopeSource.Health;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.envelope.SiteBook.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides which limits hold at an instant. For every source: healthy, its active forecast block,
 * else what its gap policy says; not healthy, its fallback's active block, else the fail-safe
 * capacity. Orders (OVERRIDE, TOU_LIMIT) tighten further. The smallest counts; nothing loosens
 * anything. Depends on nothing but its arguments.
 */
final class Evaluation {

  /** How the value of a block is read. */
  enum Reading {
    /** What is kept: the maximum, else the target. */
    ENFORCED(EnvelopeBlock::enforcedWatts),
    /** What consumers of circuits are told: the target, else the maximum. */
    CIRCUIT(EnvelopeBlock::circuitWatts);

    private final Function<EnvelopeBlock, OptionalInt> watts;

    Reading(Function<EnvelopeBlock, OptionalInt> watts) {
      this.watts = watts;
    }
  }

  private static final Comparator<NamedLimit> TIGHTEST_FIRST =
      Comparator.comparingLong(
              (NamedLimit limit) ->
                  limit.limitWatts().isPresent() ? limit.limitWatts().getAsInt() : Long.MAX_VALUE)
          .thenComparing(NamedLimit::envelopeType)
          .thenComparing(limit -> limit.constraintRef().orElse(""));

  private final SiteView site;
  private final SiteBook book;
  private final Instant now;
  private final Reading reading;

  private Evaluation(SiteView site, SiteBook book, Instant now, Reading reading) {
    this.site = site;
    this.book = book;
    this.now = now;
    this.reading = reading;
  }

  /** All limits to be kept at an instant. */
  static EffectiveLimits of(SiteView site, SiteBook book, Instant now) {
    Evaluation evaluation = new Evaluation(site, book, now, Reading.ENFORCED);
    List<EffectiveLimit> limits = new ArrayList<>();
    for (Place place : evaluation.places()) {
      evaluation.limit(place).ifPresent(limits::add);
    }
    return new EffectiveLimits(site.id(), now, nextChange(book, now), limits);
  }

  /** What binds one place at an instant; empty when no source bounds it. */
  static Optional<NamedLimit> at(
      Place place, SiteView site, SiteBook book, Instant now, Reading reading) {
    return new Evaluation(site, book, now, reading)
        .named(place).stream().filter(Evaluation::isBound).min(TIGHTEST_FIRST);
  }

  /** When something changes by itself, at the latest. */
  static Optional<Instant> nextChange(SiteBook book, Instant now) {
    Instant next = book.nextBoundary(now).orElse(null);
    for (EnvelopeSource source : book.sources()) {
      if (Source.health(source, now) == Health.ONLINE) {
        next = earlier(next, Source.staleAt(source));
      }
    }
    return Optional.ofNullable(next);
  }

  private static Instant earlier(Instant best, Optional<Instant> candidate) {
    return candidate.filter(at -> best == null || at.isBefore(best)).orElse(best);
  }

  private TreeSet<Place> places() {
    TreeSet<Place> places = new TreeSet<>(book.places());
    book.sources().forEach(source -> places.addAll(scope(source)));
    places.removeIf(place -> site.node(place.nodeId()).isEmpty());
    return places;
  }

  /** Where a source bounds even when it never said anything: what its control point is for. */
  private List<Place> scope(EnvelopeSource source) {
    Optional<UUID> node = site.controlPoint(source.controlPointId()).flatMap(ControlPoint::nodeId);
    List<UUID> nodes =
        node.map(List::of)
            .orElseGet(() -> site.feeders().stream().map(SiteView.Feeder::nodeId).toList());
    return nodes.stream().map(id -> new Place(id, ConstraintType.CONSUMPTION_CAP)).toList();
  }

  private Optional<EffectiveLimit> limit(Place place) {
    List<NamedLimit> named = named(place);
    named.sort(TIGHTEST_FIRST);
    return named.stream()
        .filter(Evaluation::isBound)
        .findFirst()
        .map(
            tightest ->
                new EffectiveLimit(
                    place.nodeId(),
                    place.type(),
                    tightest.limitWatts().getAsInt(),
                    tightest.constraintRef().orElseThrow(),
                    named));
  }

  private static boolean isBound(NamedLimit limit) {
    return limit.limitWatts().isPresent();
  }

  /** What every source says of a place, in no order. */
  private List<NamedLimit> named(Place place) {
    List<NamedLimit> named = new ArrayList<>();
    if (site.node(place.nodeId()).isEmpty()) {
      return named;
    }
    for (EnvelopeSource source : book.sources()) {
      if (speaksFor(source, place) && !site.isDisabled(source.controlPointId())) {
        named.add(of(source, place));
      }
    }
    book.at(place, now).stream()
        .map(Kept::envelope)
        .filter(Evaluation::isOrder)
        .filter(order -> order.originControlPointId().filter(site::isDisabled).isEmpty())
        .forEach(envelope -> order(envelope).ifPresent(named::add));
    return named;
  }

  private boolean speaksFor(EnvelopeSource source, Place place) {
    return book.speaksFor(place, source.controlPointId()) || scope(source).contains(place);
  }

  private static boolean isFrom(OperatingEnvelope envelope, Optional<UUID> source) {
    return !isOrder(envelope) && envelope.originControlPointId().equals(source);
  }

  /** Forecasts of nobody count like orders: there is no one whose health could be asked for. */
  private static boolean isOrder(OperatingEnvelope envelope) {
    return switch (envelope.envelopeType()) {
      case TOU_LIMIT, OVERRIDE -> true;
      case FORECAST -> envelope.originControlPointId().isEmpty();
      case FALLBACK -> false;
    };
  }

  private Optional<NamedLimit> order(OperatingEnvelope envelope) {
    return envelope
        .blockAt(now)
        .flatMap(block -> value(envelope, block, State.VALUE, Optional.empty()));
  }

  private NamedLimit of(EnvelopeSource source, Place place) {
    Optional<UUID> id = Optional.of(source.controlPointId());
    if (Source.health(source, now) != Health.ONLINE) {
      return fallback(source, place, State.UNKNOWN);
    }
    Optional<NamedLimit> forecast = tightest(place, id, Type.FORECAST, source, State.VALUE);
    if (forecast.isPresent()) {
      return forecast.get();
    }
    return switch (source.gapPolicy()) {
      case CIRCUIT_DEFAULT -> none(source);
      case FAIL_SAFE -> failSafe(source, place, State.NONE);
      case HOLD_LAST -> held(source, place).orElseGet(() -> none(source));
      case FALLBACK_FORECAST -> fallback(source, place, State.NONE);
    };
  }

  private NamedLimit fallback(EnvelopeSource source, Place place, State state) {
    Optional<UUID> own = Optional.of(source.controlPointId());
    return tightest(place, own, Type.FALLBACK, source, state)
        .or(() -> tightest(place, Optional.empty(), Type.FALLBACK, source, state))
        .orElseGet(() -> failSafe(source, place, state));
  }

  private Optional<NamedLimit> tightest(
      Place place, Optional<UUID> from, Type type, EnvelopeSource source, State state) {
    return book.at(place, now).stream()
        .map(Kept::envelope)
        .filter(envelope -> envelope.envelopeType() == type)
        .filter(envelope -> envelope.originControlPointId().equals(from))
        .flatMap(
            envelope ->
                envelope
                    .blockAt(now)
                    .flatMap(block -> value(envelope, block, state, Optional.of(source)))
                    .stream())
        .min(TIGHTEST_FIRST);
  }

  /** Empty for a block that only advises. */
  private Optional<NamedLimit> value(
      OperatingEnvelope envelope, EnvelopeBlock block, State state, Optional<EnvelopeSource> from) {
    OptionalInt watts = reading.watts.apply(block);
    boolean endless = !block.blockTo().isBefore(Rules.NO_END);
    return watts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NamedLimit(
                from.map(EnvelopeSource::controlPointId).or(envelope::originControlPointId),
                envelope.envelopeType(),
                state,
                watts,
                Optional.of("envelope:" + envelope.envelopeId()),
                endless ? Optional.empty() : Optional.of(block.blockTo()),
                from.flatMap(EnvelopeSource::lastSeenAt)));
  }

  /** The value of the block that ended last. */
  private Optional<NamedLimit> held(EnvelopeSource source, Place place) {
    Optional<UUID> id = Optional.of(source.controlPointId());
    List<OperatingEnvelope> forecasts = new ArrayList<>();
    book.lastForecast(place, id).map(Kept::envelope).ifPresent(forecasts::add);
    book.at(place, now).stream()
        .map(Kept::envelope)
        .filter(envelope -> envelope.envelopeType() == Type.FORECAST && isFrom(envelope, id))
        .forEach(forecasts::add);
    EnvelopeBlock last = null;
    OperatingEnvelope of = null;
    for (OperatingEnvelope envelope : forecasts) {
      for (EnvelopeBlock block : envelope.blocks()) {
        boolean over = !block.blockTo().isAfter(now) && reading.watts.apply(block).isPresent();
        if (over && (last == null || block.blockTo().isAfter(last.blockTo()))) {
          last = block;
          of = envelope;
        }
      }
    }
    return last == null
        ? Optional.empty()
        : value(of, last, State.NONE, Optional.of(source)).map(Evaluation::endless);
  }

  private static NamedLimit endless(NamedLimit limit) {
    return new NamedLimit(
        limit.controlPointId(),
        limit.envelopeType(),
        limit.state(),
        limit.limitWatts(),
        limit.constraintRef(),
        Optional.empty(),
        limit.lastSeenAt());
  }

  /** For generation there is no fail-safe capacity: what was said last goes on. */
  private NamedLimit failSafe(EnvelopeSource source, Place place, State state) {
    if (place.type() != ConstraintType.CONSUMPTION_CAP) {
      return held(source, place).orElseGet(() -> bare(source, state, OptionalInt.empty()));
    }
    return bare(source, state, OptionalInt.of(site.failSafeWatts(place.nodeId())));
  }

  private static NamedLimit none(EnvelopeSource source) {
    return bare(source, State.NONE, OptionalInt.empty());
  }

  private static NamedLimit bare(EnvelopeSource source, State state, OptionalInt watts) {
    return new NamedLimit(
        Optional.of(source.controlPointId()),
        Type.FORECAST,
        state,
        watts,
        watts.isPresent() ? Optional.of("fail-safe:" + source.controlPointId()) : Optional.empty(),
        Optional.empty(),
        source.lastSeenAt());
  }
}
