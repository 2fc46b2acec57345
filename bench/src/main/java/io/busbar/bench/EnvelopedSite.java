package io.busbar.bench;

import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.testkit.FakeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.UUID;

/** A grid connection with many envelopes: some in force, most for later. Plays topology. */
final class EnvelopedSite {

  private static final int RATED = 1_000_000;
  private static final Duration HORIZON = Duration.ofDays(30);
  private static final Duration LONG = Duration.ofDays(60);
  private static final long SEED = 20_260_302;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final FakeContext context;
  private final UUID id = new UUID(0, 1);
  private final UUID grid = new UUID(0, 2);
  private final int[] active;
  private int looks;

  EnvelopedSite(FakeContext context, int active) {
    this.context = context;
    this.active = new int[active];
    context
        .bus()
        .answer(
            TopologyAddresses.LIST_SITES, asked -> new SiteList(List.of(snapshot().microgrid())));
    context.bus().answer(TopologyAddresses.SNAPSHOT.at(id), asked -> snapshot());
    context
        .bus()
        .answer(TopologyAddresses.CONTROL_POINTS.at(id), asked -> new ControlPointList(List.of()));
  }

  UUID id() {
    return id;
  }

  private TopologySnapshot snapshot() {
    AssetFacts circuit =
        new AssetFacts(
            "feeder",
            RATED,
            OptionalInt.of(0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    MicrogridNode node =
        new MicrogridNode(
            grid,
            id,
            Optional.empty(),
            "grid connection",
            NodeType.GRID_CONNECTION,
            Optional.of(AssetType.CIRCUIT),
            Optional.of(new UUID(0, 3)),
            MicrogridNode.Status.ACTIVE,
            0,
            Optional.of(circuit));
    return new TopologySnapshot(
        new Microgrid(id, new UUID(0, 4), "site", "UTC", 1), List.of(node), List.of(), List.of());
  }

  /** Waits until the plugin knows the site. */
  void await() {
    GetEffectiveLimits look = new GetEffectiveLimits(Optional.empty());
    boolean known = false;
    while (!known) {
      known =
          context
              .bus()
              .ask(EnvelopeAddresses.EFFECTIVE.at(id), look)
              .map(limits -> true)
              .otherwise(false)
              .await();
      Thread.onSpinWait();
    }
  }

  /** Submits so many, the last of them in force: each is evaluated with all that are. */
  void fill(int kept) {
    Instant now = context.clock().instant();
    for (int number = 0; number < kept; number++) {
      int watts = random.nextInt(1, RATED);
      int place = kept - 1 - number;
      if (place < active.length) {
        active[place] = watts;
        submit("e" + place, now, now.plus(LONG), watts);
      } else {
        Instant from = now.plusMillis(random.nextLong(1, HORIZON.toMillis()));
        submit("e" + place, from, from.plusMillis(random.nextLong(1, HORIZON.toMillis())), watts);
      }
      context.bus().forget();
    }
  }

  private void submit(String reference, Instant from, Instant to, int watts) {
    SubmitReply reply =
        context
            .bus()
            .ask(
                EnvelopeAddresses.SUBMIT.at(id),
                new SubmitEnvelope(
                    id,
                    grid,
                    Optional.empty(),
                    Type.OVERRIDE,
                    ConstraintType.CONSUMPTION_CAP,
                    from,
                    Optional.of(to),
                    false,
                    reference,
                    List.of(EnvelopeBlock.max(from, to, watts)),
                    "bench",
                    "bench"))
            .await();
    if (!(reply instanceof SubmitReply.Accepted)) {
      throw new IllegalStateException("not accepted: " + reply);
    }
  }

  /** The smallest of what was said to be in force, looked for in the plainest way. */
  double smallest() {
    int smallest = Integer.MAX_VALUE;
    for (int watts : active) {
      smallest = Math.min(smallest, watts);
    }
    active[looks] ^= 1;
    looks = (looks + 1) % active.length;
    return smallest;
  }

  /** Lets time pass; boundaries that were told of meanwhile. */
  List<EnvelopeEvaluated> pass(Duration duration) {
    context.bus().forget();
    context.clock().advance(duration);
    List<EnvelopeEvaluated> told = context.bus().told(EnvelopeAddresses.EVALUATED);
    context.bus().forget();
    return told;
  }
}
