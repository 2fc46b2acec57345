package io.busbar.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Request;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.envelope.ListCircuitCapacities;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand changes each second, for ten seconds, on a hundred sites, in virtual time. */
@Verifies({"FR-028", "FR-029"})
class StormTest {

  private static final int SITES = 100;
  private static final int CHANGES = 10_000;
  private static final Duration BETWEEN = Duration.ofMillis(1);
  private static final Duration CYCLE = Duration.ofMillis(60);
  private static final int REFERENCES = 20;

  @TempDir Path folder;
  private final long seed = Long.getLong("busbar.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<Site> sites = new ArrayList<>();
  private FakeContext context;
  private PluginHarness harness;

  /** One of them, with balancing that takes its time. */
  private final class Site {
    final UUID id;
    final UUID grid;
    final UUID circuit;
    final Map<String, OperatingEnvelope> newest = new HashMap<>();
    int underWay;
    int most;
    int cycles;
    EffectiveLimits balancedOn;

    Site(int number) {
      id = new UUID(10, number);
      grid = new UUID(11, number);
      circuit = new UUID(12, number);
      context.bus().answer(TopologyAddresses.SNAPSHOT.at(id), asked -> snapshot());
      context
          .bus()
          .answer(
              TopologyAddresses.CONTROL_POINTS.at(id), asked -> new ControlPointList(List.of()));
      context.bus().answerLater(BalancingAddresses.REBALANCE.at(id), this::cycle);
    }

    private TopologySnapshot snapshot() {
      MicrogridNode known = Depot.view().node(Depot.GRID).orElseThrow();
      MicrogridNode node =
          new MicrogridNode(
              grid,
              id,
              Optional.empty(),
              known.name(),
              known.nodeType(),
              known.attachedAssetType(),
              Optional.of(circuit),
              known.status(),
              0,
              known.asset());
      Microgrid microgrid = new Microgrid(id, new UUID(13, 0), "storm", "UTC", 1);
      return new TopologySnapshot(microgrid, List.of(node), List.of(), List.of());
    }

    private Future<RebalanceReply> cycle(Rebalance request) {
      most = Math.max(most, ++underWay);
      cycles++;
      Promise<RebalanceReply> done = Promise.promise();
      Instant now = context.clock().instant();
      ask(EnvelopeAddresses.EFFECTIVE.at(id), new GetEffectiveLimits(Optional.of(now)))
          .onSuccess(limits -> balancedOn = limits);
      context
          .clock()
          .after(
              CYCLE,
              () -> {
                underWay--;
                done.complete(new RebalanceReply.Refused("NONE", "", List.of(), ""));
              });
      return done.future();
    }

    void change() {
      String reference = "r" + random.nextInt(REFERENCES);
      OperatingEnvelope known = newest.get(reference);
      if (known != null && random.nextInt(4) == 0) {
        ask(
            EnvelopeAddresses.WITHDRAW.at(id),
            new WithdrawEnvelope(known.envelopeId(), "storm", "c"));
        newest.remove(reference);
      } else {
        Instant from = context.clock().instant().plusMillis(random.nextInt(-3_000, 3_000));
        Instant to = from.plusMillis(random.nextInt(3_500, 60_000));
        SubmitReply reply =
            Depot.get(ask(EnvelopeAddresses.SUBMIT.at(id), envelope(reference, from, to)));
        newest.put(reference, ((SubmitReply.Accepted) reply).envelope());
      }
    }

    private SubmitEnvelope envelope(String reference, Instant from, Instant to) {
      return new SubmitEnvelope(
          id,
          grid,
          Optional.empty(),
          random.nextBoolean() ? Type.OVERRIDE : Type.TOU_LIMIT,
          ConstraintType.CONSUMPTION_CAP,
          from,
          Optional.of(to),
          false,
          reference,
          List.of(EnvelopeBlock.max(from, to, random.nextInt(150_000))),
          "storm",
          "c");
    }

    /** What is stored, read page by page. */
    List<Entry> stored() {
      List<Entry> all = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        ListEnvelopes question = new ListEnvelopes(Optional.empty(), Set.of(), 500, cursor);
        EnvelopePageReply.Page page =
            (EnvelopePageReply.Page) Depot.get(ask(EnvelopeAddresses.LIST.at(id), question));
        all.addAll(page.envelopes());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      return all;
    }

    /** The smallest block of the stored envelopes that holds now, told in the plainest way. */
    OptionalInt recomputed(List<Entry> stored) {
      Instant now = context.clock().instant();
      return stored.stream()
          .map(Entry::envelope)
          .filter(each -> each.status() == Status.ACTIVE || each.status() == Status.PENDING)
          .flatMap(each -> each.blocks().stream())
          .filter(block -> !block.blockFrom().isAfter(now) && block.blockTo().isAfter(now))
          .mapToInt(block -> block.maxLimitWatts().getAsInt())
          .min();
    }
  }

  private <Q, R> Future<R> ask(Request<Q, R> address, Q question) {
    return context.bus().ask(address, question);
  }

  @BeforeEach
  void start() {
    context = FakeContext.of("envelope", new JsonObject(), folder);
    for (int number = 0; number < SITES; number++) {
      sites.add(new Site(number));
    }
    context
        .bus()
        .answer(
            TopologyAddresses.LIST_SITES,
            asked ->
                new SiteList(sites.stream().map(site -> site.snapshot().microgrid()).toList()));
    harness = PluginHarness.start(new EnvelopePlugin(), context);
    GetEffectiveLimits look = new GetEffectiveLimits(Optional.empty());
    Awaitility.await()
        .ignoreExceptions()
        .until(
            () -> Depot.get(ask(EnvelopeAddresses.EFFECTIVE.at(sites.getLast().id), look)) != null);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void noChangeIsLostAndNoSiteIsAskedForTwoCyclesAtOnce() {
    for (int change = 0; change < CHANGES; change++) {
      sites.get(random.nextInt(SITES)).change();
      context.clock().advance(BETWEEN);
    }
    context.clock().advance(CYCLE.multipliedBy(3));

    int cycles = 0;
    for (Site site : sites) {
      List<Entry> stored = site.stored();
      assertKept(site, stored);
      assertBalanced(site, site.recomputed(stored));
      assertThat(site.most).as("cycles at once, seed %d", seed).isEqualTo(1);
      cycles += site.cycles;
    }
    assertThat(cycles).as("coalesced, seed %d", seed).isLessThan(CHANGES);
  }

  private void assertKept(Site site, List<Entry> stored) {
    Map<UUID, Status> statuses = new HashMap<>();
    stored.forEach(e -> statuses.put(e.envelope().envelopeId(), e.envelope().status()));
    assertThat(statuses).as("each stored once").hasSameSizeAs(stored);
    for (OperatingEnvelope envelope : site.newest.values()) {
      Instant now = context.clock().instant();
      Status expected =
          envelope.effectiveFrom().isAfter(now)
              ? Status.PENDING
              : envelope.effectiveTo().orElseThrow().isAfter(now) ? Status.ACTIVE : Status.EXPIRED;
      assertThat(statuses.get(envelope.envelopeId())).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private void assertBalanced(Site site, OptionalInt expected) {
    GetEffectiveLimits look = new GetEffectiveLimits(Optional.empty());
    EffectiveLimits now = Depot.get(ask(EnvelopeAddresses.EFFECTIVE.at(site.id), look));
    assertThat(watts(now)).as("seed %d", seed).isEqualTo(expected);
    assertThat(watts(site.balancedOn)).as("the last cycle, seed %d", seed).isEqualTo(expected);
    int capacity = Math.min(Depot.DEFAULT, expected.orElse(Depot.DEFAULT));
    assertThat(
            Depot.get(
                    ask(
                        EnvelopeAddresses.CIRCUIT_CAPACITIES.at(site.id),
                        new ListCircuitCapacities()))
                .capacities())
        .singleElement()
        .satisfies(one -> assertThat(one.effectiveCapacityWatts()).isEqualTo(capacity));
  }

  private static OptionalInt watts(EffectiveLimits limits) {
    return limits.limits().stream().mapToInt(EffectiveLimit::limitWatts).findFirst();
  }
}
