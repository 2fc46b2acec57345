package io.busbar.balancing.decide;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.SourceMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Looks at what is measured against the limits. A breach is opened once, when a measurement has
 * been above its limit by more than the tolerance for long enough, and closed once, when it is at
 * or below the limit again. What is only derived breaches nothing.
 */
public final class BreachWatch {

  private final Policy policy;

  /** By limit: since when it is exceeded without being a breach yet. */
  private Map<String, Instant> exceeded = Map.of();

  /** By limit. */
  private final Map<String, Breach> open = new TreeMap<>();

  public BreachWatch(Policy policy) {
    this.policy = policy;
  }

  /**
   * Looks once.
   *
   * @return the breaches that were opened or closed by this
   */
  public List<Breach> look(SiteTree tree, Decision decision, Instant now) {
    List<Breach> changes = new ArrayList<>();
    Map<String, Instant> before = exceeded;
    exceeded = new HashMap<>();
    for (int node = 0; node < tree.size(); node++) {
      if (tree.limits().bounds(node)) {
        look(tree, node, decision.demand().measured()[node], now, before, changes);
      }
    }
    closeUnknown(tree, now, changes);
    return changes;
  }

  private void look(
      SiteTree tree,
      int node,
      long watts,
      Instant now,
      Map<String, Instant> before,
      List<Breach> changes) {
    String ref = tree.limits().ref(node);
    long limit = tree.limits().watts(node);
    Breach known = open.get(ref);
    if (watts <= limit) {
      if (known != null) {
        changes.add(closed(known, now));
        open.remove(ref);
      }
    } else if (known != null) {
      open.put(ref, worse(known, watts));
    } else if (watts * 100 > limit * (100 + policy.breachTolerancePercent())) {
      Instant since = before.getOrDefault(ref, now);
      if (now.isBefore(since.plus(policy.breachAfter()))) {
        exceeded.put(ref, since);
      } else {
        Breach opened = opened(tree, node, watts, now);
        open.put(ref, opened);
        changes.add(opened);
      }
    }
  }

  /** A limit that is gone, or was replaced, is not exceeded any more. */
  private void closeUnknown(SiteTree tree, Instant now, List<Breach> changes) {
    for (Iterator<Breach> breaches = open.values().iterator(); breaches.hasNext(); ) {
      Breach breach = breaches.next();
      int node = breach.nodeId().map(id -> tree.number(id).orElse(-1)).orElse(SiteTree.ROOT);
      boolean there =
          node >= 0
              && tree.limits().bounds(node)
              && tree.limits().ref(node).equals(breach.constraintRef());
      if (!there) {
        changes.add(closed(breach, now));
        breaches.remove();
      }
    }
  }

  private static Breach opened(SiteTree tree, int node, long watts, Instant now) {
    String ref = tree.limits().ref(node);
    String identity = tree.microgridId() + " " + ref + " " + now;
    return new Breach(
        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)),
        tree.microgridId(),
        tree.nodeId(node),
        ref,
        Report.reason(tree, node),
        clamp(watts),
        (int) tree.limits().watts(node),
        SourceMode.MEASURED,
        now,
        Optional.empty());
  }

  private static Breach worse(Breach breach, long watts) {
    return watts <= breach.effectiveDemandWatts()
        ? breach
        : with(breach, clamp(watts), Optional.empty());
  }

  private static Breach closed(Breach breach, Instant now) {
    return with(breach, breach.effectiveDemandWatts(), Optional.of(now));
  }

  private static Breach with(Breach breach, int watts, Optional<Instant> clearedAt) {
    return new Breach(
        breach.breachId(),
        breach.microgridId(),
        breach.nodeId(),
        breach.constraintRef(),
        breach.reasonCode(),
        watts,
        breach.resolvedLimitWatts(),
        breach.sourceMode(),
        breach.detectedAt(),
        clearedAt);
  }

  private static int clamp(long watts) {
    return (int) Math.min(Integer.MAX_VALUE, watts);
  }

  /** Breaches that last, ordered by their limit. */
  public List<Breach> open() {
    return List.copyOf(open.values());
  }

  /** Whether some limit is exceeded that may soon be a breach. */
  public boolean isSuspicious() {
    return !exceeded.isEmpty();
  }
}
