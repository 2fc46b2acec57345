package io.busbar.bench;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What envelopes cost a cycle: the guard's question, with 100,000 of them kept and 1,000 in force
 * on the site, against the smallest of 1,000 numbers found by looking at each.
 */
final class EnvelopeBench {

  private static final int KEPT = 100_000;
  private static final int ACTIVE = 1_000;
  private static final double MOST_MILLIS = 1;
  private static final double MEGA = 1e6;
  private static final Duration HOUR = Duration.ofHours(1);

  private final PrintStream out;
  private boolean later;

  EnvelopeBench(PrintStream out) {
    this.out = out;
  }

  /** True if the targets are met. */
  boolean run() throws Exception {
    Path folder = Files.createTempDirectory("busbar-bench");
    FakeContext context = FakeContext.of("envelope", new JsonObject(), folder);
    EnvelopedSite site = new EnvelopedSite(context, ACTIVE);
    BusbarPlugin plugin = ServiceLoader.load(BusbarPlugin.class).findFirst().orElseThrow();
    try (PluginHarness _ = PluginHarness.start(plugin, context)) {
      site.await();
      long empty = used();
      site.fill(KEPT);
      long bytes = used() - empty;
      List<EnvelopeEvaluated> told = site.pass(HOUR);
      long wakeUps = told.stream().map(EnvelopeEvaluated::occurredAt).distinct().count();
      Duel duel = new Duel(System::nanoTime);
      Duel.Result calm = duel.run(() -> ask(context, site, Duration.ZERO), site::smallest);
      Duel.Result changed = duel.run(() -> askAnew(context, site), site::smallest);
      print(calm, changed, bytes, wakeUps, told.size());
      return changed.firstNanos() / MEGA <= MOST_MILLIS;
    }
  }

  /** Asks for an instant later and one earlier by turns: nothing known before is of use then. */
  private double askAnew(FakeContext context, EnvelopedSite site) {
    later = !later;
    return ask(context, site, later ? HOUR : Duration.ZERO);
  }

  private static double ask(FakeContext context, EnvelopedSite site, Duration ahead) {
    Instant now = context.clock().instant().plus(ahead);
    return context
        .bus()
        .ask(EnvelopeAddresses.EFFECTIVE.at(site.id()), new GetEffectiveLimits(Optional.of(now)))
        .await()
        .limits()
        .getFirst()
        .limitWatts();
  }

  /** Bytes in use after everything that is unreachable was collected. */
  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void print(
      Duel.Result calm, Duel.Result changed, long bytes, long wakeUps, long boundaries) {
    out.println("| guard of a cycle | evaluation | smallest of 1,000 numbers | ratio |");
    out.println("|---|---:|---:|---:|");
    line("nothing changed since", calm);
    line("evaluated anew", changed);
    out.printf(
        Locale.ROOT,
        "%n%,d envelopes kept, %,d in force: %,d bytes each; %,d boundaries of an hour in %,d"
            + " wake-ups.%n",
        KEPT,
        ACTIVE,
        bytes / KEPT,
        boundaries,
        wakeUps);
  }

  private void line(String what, Duel.Result result) {
    out.printf(
        Locale.ROOT,
        "| %s | %.4f ms | %.4f ms | %.0f |%n",
        what,
        result.firstNanos() / MEGA,
        result.secondNanos() / MEGA,
        result.ratio());
  }
}
