package io.busbar.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand envelopes with boundaries anywhere in a day, in virtual time. */
@Verifies({"FR-032", "NFR-011"})
class BoundariesTest {

  private static final int ENVELOPES = 10_000;
  private static final long SEED = 20_260_302;

  @TempDir Path folder;

  /** What has to be told of one boundary. */
  private record Expected(Instant at, UUID envelope, Status status) {}

  @Test
  void eachTransitionIsEvaluatedOnceInOrderAtItsInstant() {
    FakeContext context = FakeContext.of("envelope", new JsonObject(), folder);
    Depot depot = new Depot(context.bus());
    List<Expected> expected = new ArrayList<>();
    List<Instant> seenAt = new ArrayList<>();
    PluginHarness harness = PluginHarness.start(new EnvelopePlugin(), context);
    try {
      Awaitility.await().ignoreExceptions().until(() -> depot.look() != null);
      context
          .bus()
          .hear(EnvelopeAddresses.EVALUATED, event -> seenAt.add(context.clock().instant()));
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < ENVELOPES; i++) {
        submit(depot, i, random, expected);
      }

      context.clock().advance(Duration.ofDays(1).plusSeconds(1));
    } finally {
      harness.close();
    }

    List<EnvelopeEvaluated> told = context.bus().told(EnvelopeAddresses.EVALUATED);
    assertThat(told).as("seed %d", SEED).hasSameSizeAs(expected);
    assertThat(told)
        .extracting(EnvelopeEvaluated::evaluatedAt)
        .isSortedAccordingTo(Comparator.naturalOrder());
    assertThat(seenAt).isEqualTo(told.stream().map(EnvelopeEvaluated::evaluatedAt).toList());
    assertThat(
            new HashSet<>(
                told.stream()
                    .map(e -> new Expected(e.evaluatedAt(), e.envelopeId(), e.status()))
                    .toList()))
        .isEqualTo(new HashSet<>(expected));
  }

  private static void submit(
      Depot depot, int number, SplittableRandom random, List<Expected> expected) {
    TreeSet<Instant> edges = new TreeSet<>();
    int wanted = 2 + random.nextInt(3);
    Instant begin = Depot.NOW.plusMillis(1 + random.nextLong(Duration.ofHours(23).toMillis()));
    while (edges.size() < wanted) {
      edges.add(begin.plusMillis(random.nextLong(Duration.ofHours(1).toMillis())));
    }
    List<Instant> at = List.copyOf(edges);
    List<EnvelopeBlock> blocks = new ArrayList<>();
    for (int i = 0; i + 1 < at.size(); i++) {
      blocks.add(EnvelopeBlock.max(at.get(i), at.get(i + 1), random.nextInt(100_000)));
    }
    UUID id =
        depot
            .accept(
                Depot.envelope(
                    Type.OVERRIDE,
                    Optional.empty(),
                    "e" + number,
                    at.getFirst(),
                    at.getLast(),
                    blocks.toArray(EnvelopeBlock[]::new)))
            .envelopeId();
    for (Instant edge : at) {
      expected.add(
          new Expected(edge, id, edge.equals(at.getLast()) ? Status.EXPIRED : Status.ACTIVE));
    }
  }
}
