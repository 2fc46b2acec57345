package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.id;
import static io.busbar.balancing.SiteSketch.lastGood;

import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.apply.Order;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.OutsideLimit;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.replay.StoredCycle;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/** A site on which everything changes at random from cycle to cycle, limits and tree included. */
public final class RunningSite {

  /** Settings as they are when nobody says anything. */
  public static final Policy POLICY = BalancingConfig.from(new JsonObject()).policy();

  private final SplittableRandom random;
  private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
  private final Site site;
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private int version = 1;

  public RunningSite(long seed) {
    this.random = new SplittableRandom(seed);
    this.site = new Site(sketch(20_000).topology(), BalancingConfig.from(new JsonObject()), now);
  }

  private SiteSketch sketch(int watts) {
    return new SiteSketch()
        .version(version)
        .stepAmps(1)
        .grid("g", watts)
        .circuit("c", "g", 9_000)
        .connectors("c", "a", "b")
        .solar("pv", "g", 3_000)
        .connectors("g", "d")
        .meter("m", "g", lastGood(60), fixed(5_000));
  }

  /** What cycles came to so far. */
  public Set<Outcome> outcomes() {
    return outcomes;
  }

  /** Lets some seconds pass and decides. */
  public StoredCycle next() {
    now = now.plusNanos(random.nextLong(1_000_000_000L, 20_000_000_000L));
    if (random.nextInt(10) == 0) {
      version += random.nextInt(2);
      site.adopt(sketch(random.nextInt(6_000, 25_000)).topology(), now);
    }
    if (random.nextInt(5) == 0) {
      site.limit(outside());
    }
    if (random.nextInt(4) > 0) {
      site.take(readings(), now);
    }
    if (random.nextInt(5) == 0) {
      site.take(session());
    }
    Cycle cycle = site.run(CycleCause.SCHEDULE, now, now.plusSeconds(10));
    Optional<Order> order = site.ledger().next(now);
    while (order.isPresent()) {
      site.ledger().confirmed(order.get().connector(), order.get().watts(), now);
      order = site.ledger().next(now);
    }
    outcomes.add(cycle.result().outcome());
    return new StoredCycle(cycle.result(), Optional.of(cycle.inputs()));
  }

  /** Some of them for a node that is not there. */
  private List<OutsideLimit> outside() {
    return random
        .ints(random.nextInt(3), 0, 15_000)
        .mapToObj(
            watts ->
                new OutsideLimit(
                    id(List.of("g", "c", "a", "gone").get(random.nextInt(4))),
                    ConstraintType.values()[random.nextInt(3)],
                    watts,
                    "envelope:" + watts))
        .toList();
  }

  private Readings readings() {
    List<Reading> readings = new ArrayList<>();
    for (ConnectorRating connector : site.tree().connectors()) {
      int allowed = site.ledger().book(connector.number()).confirmed();
      readings.add(
          new Reading(
              connector.nodeId(),
              now,
              OptionalInt.of(random.nextInt(allowed + 1)),
              OptionalLong.empty(),
              List.of(),
              Optional.of(VehicleState.values()[random.nextInt(3)]),
              OptionalInt.of(allowed)));
    }
    readings.add(Reading.ofPower(id("pv"), now, -random.nextInt(3_000)));
    if (random.nextInt(3) > 0) {
      readings.add(Reading.ofPower(id("g"), now, random.nextInt(15_000)));
    }
    return new Readings(id("site"), "test", readings);
  }

  private ChargingSession session() {
    return new ChargingSession(
        id("session " + random.nextInt()),
        id("site"),
        id(List.of("a", "b", "d").get(random.nextInt(3))),
        now,
        Optional.empty(),
        OptionalInt.of(random.nextInt(50_000)),
        Optional.of(now.plusSeconds(random.nextInt(20_000))),
        random.nextInt(4),
        1 + random.nextInt(4) / 2.0,
        OptionalInt.empty());
  }
}
