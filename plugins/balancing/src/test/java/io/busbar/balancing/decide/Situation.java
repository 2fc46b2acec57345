package io.busbar.balancing.decide;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a test says of a site at one instant, by names. Connectors are idle and answer, meters and
 * sources were never heard of, unless it says otherwise.
 */
final class Situation {

  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  static final Policy POLICY =
      new Policy(
          Strategy.PRIORITY,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofMinutes(15),
          Duration.ZERO,
          Duration.ofSeconds(15),
          Duration.ofMinutes(30),
          Duration.ofSeconds(30),
          5,
          Duration.ofMinutes(15),
          2.0,
          100.0,
          1.0,
          Duration.ofSeconds(2),
          Granularity.CONNECTOR,
          0,
          20.0,
          new Policy.Plausibility(300, 150, Duration.ofMinutes(5), 50));

  private final SiteTree tree;
  private final Map<String, ConnectorInput> connectors = new HashMap<>();
  private final Map<String, MeterInput> meters = new HashMap<>();
  private final Map<String, SourceInput> sources = new HashMap<>();
  private Instant now = NOW;
  private Policy policy = POLICY;
  private List<Ramp> ramps = List.of();

  Situation(SiteSketch sketch) {
    this(sketch.tree());
  }

  Situation(SiteTree tree) {
    this.tree = tree;
  }

  SiteTree tree() {
    return tree;
  }

  Situation at(Instant instant) {
    now = instant;
    return this;
  }

  /** A vehicle that wants so much, and draws nothing yet. */
  Situation wants(String connector, int watts) {
    return with(connector, input(watts, 0, 0, waiting()));
  }

  /** A vehicle that wants so much and draws so much. */
  Situation draws(String connector, int wantWatts, int drawWatts) {
    return with(
        connector,
        input(
            wantWatts,
            drawWatts,
            drawWatts,
            new Standing(Standing.Kind.CHARGING, NOW, Duration.ZERO)));
  }

  Situation with(String connector, ConnectorInput input) {
    connectors.put(connector, input);
    return this;
  }

  /** A device of which nothing was heard lately, booked with so much. */
  Situation silent(String connector, int wantWatts, int bookedWatts) {
    return with(
        connector,
        new ConnectorInput(false, false, 0, bookedWatts, wantWatts, bookedWatts, 1, 0, waiting()));
  }

  static ConnectorInput input(int want, int draw, int held, Standing standing) {
    return new ConnectorInput(false, true, draw, held, want, held, 1, 0, standing);
  }

  static ConnectorInput weighted(int want, double weight, int priority) {
    return new ConnectorInput(false, true, 0, 0, want, 0, weight, priority, waiting());
  }

  private static Standing waiting() {
    return new Standing(Standing.Kind.WAITING, NOW, Duration.ZERO);
  }

  /** A meter that has shown something else until now. */
  static MeterInput meterInput(
      boolean heard,
      Instant measuredAt,
      int watts,
      boolean awaited,
      int lastGoodWatts,
      OptionalInt assumedWatts,
      Rise rise) {
    MeterMemory memory =
        new MeterMemory(
            lastGoodWatts,
            heard ? measuredAt : Instant.EPOCH,
            assumedWatts,
            rise,
            Optional.empty());
    return new MeterInput(heard, measuredAt, watts, measuredAt, Optional.empty(), awaited, memory);
  }

  /** A source of which nothing is remembered. */
  static SourceInput sourceInput(boolean heard, Instant measuredAt, int watts) {
    return new SourceInput(heard, measuredAt, watts, measuredAt, MeterMemory.NONE);
  }

  Situation meter(String name, int watts) {
    return meter(name, watts, 0);
  }

  /** A meter that was read so long ago. */
  Situation meter(String name, int watts, int secondsAgo) {
    return meter(
        name, meterInput(true, now.minusSeconds(secondsAgo), watts, false, 0, none(), Rise.NONE));
  }

  Situation meter(String name, MeterInput input) {
    meters.put(name, input);
    return this;
  }

  Situation source(String name, int watts) {
    sources.put(name, sourceInput(true, now, watts));
    return this;
  }

  Situation source(String name, SourceInput input) {
    sources.put(name, input);
    return this;
  }

  Situation policy(Policy other) {
    policy = other;
    return this;
  }

  Situation ramps(List<Ramp> before) {
    ramps = before;
    return this;
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  Snapshot snapshot() {
    List<ConnectorInput> inputs =
        tree.connectors().stream()
            .map(c -> connectors.getOrDefault(tree.node(c.node()).name(), idle()))
            .toList();
    return new Snapshot(
        now,
        inputs,
        tree.meters().stream()
            .map(
                m ->
                    meters.getOrDefault(
                        m.ref(), meterInput(false, Instant.EPOCH, 0, false, 0, none(), Rise.NONE)))
            .toList(),
        tree.sources().stream()
            .map(s -> sources.getOrDefault(s.ref(), sourceInput(false, Instant.EPOCH, 0)))
            .toList(),
        ramps);
  }

  private static ConnectorInput idle() {
    return input(0, 0, 0, Standing.IDLE);
  }

  Decision decide() {
    return new Decider(tree, policy).decide(snapshot());
  }

  Demand demand() {
    return DemandResolution.resolve(tree, policy, snapshot());
  }

  int node(String name) {
    return tree.number(SiteSketch.id(name)).orElseThrow();
  }

  /** Number of a connector. */
  int connector(String name) {
    return tree.connectorAt(node(name));
  }

  /** What connectors get, in the order of their names. */
  List<Integer> watts(Decision decision, String... names) {
    return java.util.stream.Stream.of(names)
        .map(name -> decision.share(connector(name)).watts())
        .toList();
  }
}
