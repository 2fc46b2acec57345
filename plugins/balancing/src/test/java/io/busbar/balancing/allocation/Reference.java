package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Case.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The definition word by word in exact numbers: admit one by one, then raise a common level from
 * bend to bend until a node is full. Slow, and shares nothing with the code under test.
 */
final class Reference {

  private final Case given;
  private final int connectors;
  private final Fraction[] limit;
  private final Fraction[] watts;
  private final boolean[] admitted;

  Reference(Case given) {
    this.given = given;
    connectors = given.wishes().length;
    limit = new Fraction[given.limit().length];
    for (int node = 0; node < limit.length; node++) {
      double value = given.limit()[node];
      limit[node] = Double.isInfinite(value) ? null : Fraction.of(value);
    }
    watts = new Fraction[connectors];
    Arrays.fill(watts, Fraction.ZERO);
    admitted = new boolean[connectors];
  }

  Fraction[] solve() {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, connectors).filter(i -> given.wishes()[i] != null).forEach(order::add);
    order.sort(
        Comparator.comparing((Integer i) -> -given.wishes()[i].priority())
            .thenComparing(i -> given.wishes()[i].rank()));
    order.forEach(this::admit);
    order.stream()
        .map(i -> given.wishes()[i].priority())
        .distinct()
        .forEach(priority -> fill(order.stream().filter(i -> served(i, priority)).toList()));
    return watts;
  }

  private boolean served(int i, int priority) {
    return given.wishes()[i].priority() == priority && admitted[i];
  }

  private void admit(int i) {
    Wish wish = given.wishes()[i];
    if (wish.minimum() <= wish.demand()) {
      watts[i] = Fraction.of(wish.minimum());
      admitted[i] = over(i) == 0;
      watts[i] = admitted[i] ? watts[i] : Fraction.ZERO;
    }
  }

  /** How many nodes above a connector carry too much. */
  private long over(int i) {
    return IntStream.of(given.path(i))
        .filter(node -> limit[node] != null && sum(node).compareTo(limit[node]) > 0)
        .count();
  }

  private Fraction sum(int node) {
    return below(node).map(i -> watts[i]).reduce(Fraction.ZERO, Fraction::plus);
  }

  private Stream<Integer> below(int node) {
    return IntStream.range(0, connectors)
        .filter(i -> IntStream.of(given.path(i)).anyMatch(above -> above == node))
        .boxed();
  }

  private void fill(List<Integer> served) {
    List<Integer> rising = new ArrayList<>(served);
    Fraction level = Fraction.ZERO;
    while (!rising.isEmpty()) {
      Fraction now = level;
      rising.removeIf(i -> watts[i].compareTo(demand(i)) >= 0 || stopped(i));
      if (rising.isEmpty()) {
        return;
      }
      Fraction next = nextBend(rising, now);
      for (int node = 0; node < limit.length; node++) {
        if (limit[node] != null) {
          next = next.min(fullAt(node, rising, now));
        }
      }
      for (int i : rising) {
        watts[i] = watts[i].max(next.times(weight(i)));
      }
      level = next;
    }
  }

  /** Whether a full node would be overrun if this one, which sits at a bend or grows, grew. */
  private boolean stopped(int i) {
    return IntStream.of(given.path(i))
        .anyMatch(node -> limit[node] != null && sum(node).compareTo(limit[node]) >= 0);
  }

  private Fraction nextBend(List<Integer> rising, Fraction now) {
    Fraction next = null;
    for (int i : rising) {
      Fraction own = watts[i].dividedBy(weight(i));
      Fraction bend = own.compareTo(now) > 0 ? own : demand(i).dividedBy(weight(i));
      next = next == null ? bend : next.min(bend);
    }
    return next;
  }

  /** The level at which a node is full if nothing bends before. */
  private Fraction fullAt(int node, List<Integer> rising, Fraction now) {
    Fraction slope = Fraction.ZERO;
    for (int i : below(node).filter(rising::contains).toList()) {
      boolean grows = watts[i].dividedBy(weight(i)).compareTo(now) <= 0;
      slope = grows ? slope.plus(weight(i)) : slope;
    }
    return slope.equals(Fraction.ZERO)
        ? Fraction.of(1e300)
        : now.plus(limit[node].minus(sum(node)).dividedBy(slope));
  }

  private Fraction demand(int i) {
    return Fraction.of(given.wishes()[i].demand());
  }

  private Fraction weight(int i) {
    return Fraction.of(given.wishes()[i].weight());
  }
}
