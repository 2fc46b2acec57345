package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.id;

import io.busbar.api.Registration;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.testkit.FakeContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plays the plugin that knows which limits from outside hold. */
final class FakeEnvelopes {

  private final FakeContext context;
  private final Map<String, Integer> caps = new TreeMap<>();
  private Optional<Instant> validUntil = Optional.empty();
  private Duration delay = Duration.ZERO;
  private Registration answering = () -> {};

  /** The instants that cycles asked for. */
  final List<Instant> asked = new ArrayList<>();

  FakeEnvelopes(FakeContext context) {
    this.context = context;
  }

  /** It is installed, and starts. */
  void install() {
    context.provided().add(EnvelopeAddresses.EFFECTIVE.name());
  }

  void uninstall() {
    context.provided().clear();
    fallSilent();
  }

  void answer() {
    answering =
        context
            .bus()
            .answerLater(EnvelopeAddresses.EFFECTIVE.at(FakeDepot.SITE), this::limitsAfterDelay);
  }

  void fallSilent() {
    answering.close();
  }

  /** Answers take so long. */
  void delay(Duration time) {
    delay = time;
  }

  /** From now on the envelope of a node says so much, until something changes at an instant. */
  void cap(String node, int watts, Optional<Instant> until) {
    caps.put(node, watts);
    validUntil = until;
  }

  void nothing() {
    caps.clear();
    validUntil = Optional.empty();
  }

  private Future<EffectiveLimits> limitsAfterDelay(GetEffectiveLimits question) {
    asked.add(question.guardAt().orElseThrow());
    Promise<EffectiveLimits> reply = Promise.promise();
    if (delay.isZero()) {
      reply.complete(limits());
    } else {
      context.clock().after(delay, () -> reply.complete(limits()));
    }
    return reply.future();
  }

  private EffectiveLimits limits() {
    return new EffectiveLimits(
        FakeDepot.SITE,
        context.clock().instant(),
        validUntil,
        caps.entrySet().stream().map(cap -> limit(cap.getKey(), cap.getValue())).toList());
  }

  private static EffectiveLimit limit(String node, int watts) {
    return new EffectiveLimit(
        id(node), ConstraintType.CONSUMPTION_CAP, watts, ref(node), List.of());
  }

  /** How results name the envelope of a node. */
  static String ref(String node) {
    return "envelope:" + id("envelope of " + node);
  }
}
