package io.busbar.balancing.decide;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.SourceMode;
import io.busbar.api.topology.NodeLimit.ConstraintType;
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
 * Looks at what is measured against the limits of every type. A breach is opened once, when a
 * measurement has been above its limit by more than the tolerance for long enough, and closed once,
 * when it is at or below the limit again. What is only derived breaches nothing.
 */
public final class BreachWatch {

  private static final ConstraintType[] TYPES = ConstraintType.values();

  private final Policy policy;

  /** By limit: since when it is exceeded without being a breach yet. */
  private Map<String, Instant> exceeded = Map.of();

  /** By limit. */
  private final Map<String, Breach> open = new TreeMap<>();

  /** Whether it is still to be told what was open before. */
  private boolean isWaiting;

  public BreachWatch(Policy policy) {
    this.policy = policy;
  }

  /** Opens nothing until it is told what is open already. */
  public void await() {
    isWaiting = true;
  }

  /** Takes up breaches that were opened before: they are neither opened again nor forgotten. */
  public void remember(List<Breach> opened) {
    opened.forEach(breach -> open.put(breach.constraintRef(), breach));
    isWaiting = false;
  }

  /** A limit and what is measured of what it bounds; negative where a net limit is fed through. */
  private record Seen(SiteTree tree, int node, ConstraintType type, long watts) {

    String ref() {
      return tree.limits().ref(type, node);
    }

    long limit() {
      return tree.limits().watts(type, node);
    }

    /** In the direction that matters. */
    long magnitude() {
      return type == ConstraintType.NET_CAP ? Math.abs(watts) : watts;
    }
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
      for (ConstraintType type : TYPES) {
        if (isOfInterest(tree, decision.demand(), node, type)) {
          look(
              new Seen(tree, node, type, watts(decision.demand(), node, type)),
              now,
              before,
              changes);
        }
      }
    }
    closeUnknown(tree, now, changes);
    return changes;
  }

  /** Nearly every limit is neither exceeded nor was; those are passed over. */
  private boolean isOfInterest(SiteTree tree, Demand demand, int node, ConstraintType type) {
    if (!tree.limits().bounds(type, node) || !isMeasured(demand, node, type)) {
      return false;
    }
    long watts = watts(demand, node, type);
    long most = type == ConstraintType.NET_CAP ? Math.abs(watts) : watts;
    return most > tree.limits().watts(type, node) || !open.isEmpty();
  }

  /** A difference says nothing while a part of it is not measured. */
  private static boolean isMeasured(Demand demand, int node, ConstraintType type) {
    return type != ConstraintType.NET_CAP
        || (demand.mode()[node] == SourceMode.MEASURED && demand.effective()[node].isPresent());
  }

  private static long watts(Demand demand, int node, ConstraintType type) {
    return switch (type) {
      case CONSUMPTION_CAP -> demand.measured()[node];
      case GENERATION_CAP -> demand.generatedAt(node);
      case NET_CAP -> demand.effective()[node].orElse(0);
    };
  }

  private void look(Seen seen, Instant now, Map<String, Instant> before, List<Breach> changes) {
    String ref = seen.ref();
    Breach known = open.get(ref);
    if (seen.magnitude() <= seen.limit()) {
      if (known != null) {
        changes.add(closed(known, now));
        open.remove(ref);
      }
    } else if (known != null) {
      open.put(ref, worse(known, seen));
    } else if (seen.magnitude() * 100 > seen.limit() * (100 + policy.breachTolerancePercent())) {
      Instant since = before.getOrDefault(ref, now);
      if (isWaiting || now.isBefore(since.plus(policy.breachAfter()))) {
        exceeded.put(ref, since);
      } else {
        Breach opened = opened(seen, now);
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
      if (node < 0 || !has(tree.limits(), node, breach.constraintRef())) {
        changes.add(closed(breach, now));
        breaches.remove();
      }
    }
  }

  private static boolean has(Limits limits, int node, String ref) {
    for (ConstraintType type : TYPES) {
      if (ref.equals(limits.ref(type, node))) {
        return true;
      }
    }
    return false;
  }

  private static Breach opened(Seen seen, Instant now) {
    SiteTree tree = seen.tree();
    String identity = tree.microgridId() + " " + seen.ref() + " " + now;
    return new Breach(
        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)),
        tree.microgridId(),
        tree.nodeId(seen.node()),
        seen.ref(),
        Report.reason(tree, seen.node()),
        clamp(seen.watts()),
        (int) seen.limit(),
        SourceMode.MEASURED,
        now,
        Optional.empty());
  }

  private static Breach worse(Breach breach, Seen seen) {
    return seen.magnitude() <= Math.abs((long) breach.effectiveDemandWatts())
        ? breach
        : with(breach, clamp(seen.watts()), Optional.empty());
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
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, watts));
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
