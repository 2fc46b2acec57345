package io.busbar.balancing.safety;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Sees at every instant at which a permission or a limit changes whether the sum of what chargers
 * allow is above a limit. That may only come from outside: a limit that drops, or a charger that
 * allows more by itself. So:
 *
 * <ul>
 *   <li>no set-point that was sent when Busbar knew, or had to know, makes or enlarges an excess;
 *   <li>an excess ends as soon as chargers can be told to lower;
 *   <li>no watchdog runs out that could have been refreshed;
 *   <li>once everything is over every charger has what was decided.
 * </ul>
 */
final class Watch {

  /** From the moment something is known until set-points follow from it. */
  private static final long REACTION = 150;

  /** From when on a charger of which nothing is heard counts as one that does what it likes. */
  private static final long FRESHNESS = 30_000;

  /** Waiting for an answer, and before the next attempt. */
  private static final long ATTEMPT = 10_000;

  /** A refusal, the second question, and what follows from its refusal. */
  private static final long SPREAD = 250;

  /** From when a charger is read until that is heard, at most. */
  private static final long READ = 4_000;

  private final Plan plan;
  private final Wires wires;
  private final List<Charger> chargers;
  private final int[] held;
  private final long[] excessSince;
  private final long[] limitChangedAt;
  private final Set<Charger> lastRaisedItself = new HashSet<>();
  private final Map<Charger, Long> unknownSince = new HashMap<>();
  private final Map<Charger, Long> knownAt = new HashMap<>();
  private final Map<Charger, Long> heardAt = new HashMap<>();
  private final List<Long> undisturbed = new ArrayList<>();
  private final List<Long> disturbed = new ArrayList<>();
  private boolean up;
  private long upSince;
  private int raises;

  Watch(Plan plan, Wires wires, List<Charger> chargers) {
    this.plan = plan;
    this.wires = wires;
    this.chargers = chargers;
    this.held = chargers.stream().mapToInt(Charger::held).toArray();
    this.excessSince = new long[wires.tree().size()];
    this.limitChangedAt = new long[excessSince.length];
    Arrays.fill(excessSince, -1);
    Arrays.fill(limitChangedAt, Long.MIN_VALUE / 2);
  }

  /** How long limits were exceeded after they had dropped, nobody being in trouble, in ms. */
  List<Long> undisturbed() {
    return undisturbed;
  }

  /** The same where somebody was in trouble. */
  List<Long> disturbed() {
    return disturbed;
  }

  /** How many set-points allowed more than before. */
  int raises() {
    return raises;
  }

  void started(long now) {
    up = true;
    upSince = now;
    chargers.forEach(charger -> known(charger, now, now));
  }

  void ended() {
    up = false;
  }

  /** A set-point that is under way when a limit drops is nobody's fault. */
  void limitChanged(int node, long now) {
    limitChangedAt[node] = now;
    look(now);
  }

  /** Busbar hears how a charger was at an instant. */
  void known(Charger charger, long measured, long now) {
    if (!up) {
      return;
    }
    heardAt.merge(charger, measured, Math::max);
    Long since = unknownSince.get(charger);
    if (since != null && measured > since) {
      unknownSince.remove(charger);
      knownAt.put(charger, now);
    }
  }

  /** A charger allows something else than before, and nobody asked it to. */
  void changedByItself(Charger charger, int before, String why, long now) {
    unknownSince.put(charger, now);
    if (charger.held() > before) {
      lastRaisedItself.add(charger);
    } else if (charger.held() < before) {
      lastRaisedItself.remove(charger);
    }
    changed(charger, now);
  }

  void watchdogRanOut(Charger charger, long now) {
    long watchdog = charger.facts().watchdogSeconds() * 1_000L;
    boolean reachable = charger.troubledUntil() + ATTEMPT + watchdog < now;
    if (up && reachable && upSince + 2 * watchdog + FRESHNESS < now) {
      throw new Counterexample("watchdog", at(now) + charger.facts().name() + " ran out");
    }
  }

  /** A charger has taken a set-point. */
  void took(Charger charger, int before, long asked, long now) {
    changed(charger, now);
    if (charger.held() <= before) {
      return;
    }
    raises++;
    for (int node : wires.above(charger)) {
      if (wires.exceeds(node, held) && !isExcused(charger, node, asked, now)) {
        throw new Counterexample(
            "raise",
            at(now)
                + "%s was raised from %d to %d W by a set-point of %s; %s"
                    .formatted(
                        charger.facts().name(),
                        before,
                        charger.held(),
                        at(asked),
                        wires.describe(node, held)));
      }
    }
  }

  /**
   * Whether, when it was sent, Busbar could not know of what makes it too much: that another
   * allowed more by itself, or that this one allowed less than it is set to now.
   */
  private boolean isExcused(Charger raised, int node, long asked, long now) {
    if (limitChangedAt[node] + REACTION >= asked) {
      return true;
    }
    return chargers.stream()
        .filter(charger -> charger == raised || lastRaisedItself.contains(charger))
        .filter(charger -> wires.above(charger).contains(node))
        .anyMatch(charger -> knewAt(charger, now) + REACTION >= asked);
  }

  /** Since when Busbar knows, or has to reckon with, what a charger last did by itself. */
  private long knewAt(Charger charger, long now) {
    if (unknownSince.containsKey(charger)) {
      long stale = heardAt.getOrDefault(charger, upSince) + FRESHNESS;
      return Math.min(now, stale + plan.settings().cycleSeconds() * 1_000L + 1_000);
    }
    return knownAt.getOrDefault(charger, Long.MIN_VALUE / 2);
  }

  private void changed(Charger charger, long now) {
    held[charger.rating().number()] = charger.held();
    look(now);
  }

  private void look(long now) {
    for (int node = 0; node < excessSince.length; node++) {
      boolean exceeds = wires.exceeds(node, held);
      if (exceeds && excessSince[node] < 0) {
        excessSince[node] = now;
      }
      if (excessSince[node] >= 0) {
        judge(node, now, exceeds);
      }
    }
  }

  private void judge(int node, long now, boolean lasts) {
    long since = excessSince[node];
    long calm = calmSince(node);
    boolean troubled = calm > since - ATTEMPT;
    long from = Math.max(Math.max(since, calm), limitChangedAt[node]);
    long bound = troubled ? plan.settings().cycleSeconds() * 1_000L + 2 * ATTEMPT : bound(node);
    if (now - from > bound) {
      throw new Counterexample(
          troubled ? "lasts" : "lasts undisturbed",
          at(now)
              + "too much since %s, calm since %s, allowed %d ms; %s"
                  .formatted(at(since), at(from), bound, wires.describe(node, held)));
    }
    if (!lasts) {
      excessSince[node] = -1;
      (troubled ? disturbed : undisturbed).add(now - since);
    }
  }

  /** An answer may be under way, then the set-point that lowers takes as long again. */
  private long bound(int node) {
    int slowest =
        chargers.stream()
            .filter(charger -> wires.above(charger).contains(node))
            .mapToInt(charger -> charger.facts().delay())
            .max()
            .orElse(0);
    return REACTION + 2L * slowest + SPREAD;
  }

  /** Since when nothing below a node keeps Busbar from knowing and lowering. */
  private long calmSince(int node) {
    long calm = up ? upSince : Long.MAX_VALUE / 2;
    for (Charger charger : chargers) {
      if (wires.above(charger).contains(node)) {
        calm = Math.max(calm, charger.troubledUntil());
        calm = Math.max(calm, knownAt.getOrDefault(charger, calm));
        calm = Math.max(calm, unknownSince.getOrDefault(charger, calm - READ) + READ);
      }
    }
    return calm;
  }

  /**
   * Everything is over, and turns are so long that nobody's ends meanwhile.
   *
   * @param decided by connector: what cycles decided of late
   */
  void rest(long now, Map<UUID, Set<Integer>> decided) {
    look(now);
    if (plan.settings().minOnSeconds() * 1_000L < plan.quietFrom() + Plan.REST) {
      return;
    }
    for (Charger charger : chargers) {
      Set<Integer> its = decided.getOrDefault(charger.rating().nodeId(), Set.of());
      if (charger.vehicle() && its.stream().noneMatch(watts -> has(charger, watts))) {
        throw new Counterexample(
            "rest",
            "%s has %d W although %s W were decided"
                .formatted(charger.facts().name(), charger.held(), its));
      }
    }
  }

  private static boolean has(Charger charger, int allocated) {
    int band = Math.max(100, charger.held() / 50); // changes of less are held back
    return Math.abs(charger.rating().stepBelow(allocated) - charger.held()) <= band;
  }

  private static String at(long now) {
    return "%.3f s ".formatted(now / 1e3);
  }
}
