package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Sorts places by priority, the largest first, then by rank, the smallest first, then by id: a
 * radix sort over columns, as stable as that needs, which skips digits that are all the same.
 */
final class AdmissionOrder {

  private static final int BITS = 11;
  private static final int MASK = (1 << BITS) - 1;

  /** In the order of their connectors before {@link #sort}, in admission order behind it. */
  int[] places;

  private final AllocationProblem problem;
  private int[] sorted;
  private final int[] ends = new int[MASK + 1];

  AdmissionOrder(AllocationProblem problem) {
    this.problem = problem;
    places = new int[problem.connectors()];
    sorted = new int[problem.connectors()];
  }

  /** Sorts the first {@code count} places. */
  void sort(int count) {
    long rankBits = 0;
    long priorityBits = 0;
    for (int i = 1; i < count; i++) {
      rankBits |= problem.rank[places[i]] ^ problem.rank[places[0]];
      priorityBits |= problem.priority[places[i]] ^ problem.priority[places[0]];
    }
    sortBy(true, rankBits, count);
    sortBy(false, priorityBits, count);
  }

  private void sortBy(boolean byRank, long varyingBits, int count) {
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      if (((varyingBits >>> shift) & MASK) != 0) {
        sortByDigit(byRank, shift, count);
      }
    }
  }

  /** One stable pass. */
  private void sortByDigit(boolean byRank, int shift, int count) {
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[digit(places[i], byRank, shift)]++;
    }
    int end = 0;
    for (int digit = 0; digit <= MASK; digit++) {
      end += ends[digit];
      ends[digit] = end;
    }
    for (int i = count - 1; i >= 0; i--) {
      int place = places[i];
      sorted[--ends[digit(place, byRank, shift)]] = place;
    }
    int[] swap = places;
    places = sorted;
    sorted = swap;
  }

  /** A digit of the key, its bits turned so that unsigned order is the wanted one. */
  private int digit(int place, boolean byRank, int shift) {
    long key =
        byRank ? problem.rank[place] ^ Long.MIN_VALUE : ~problem.priority[place] ^ Long.MIN_VALUE;
    return (int) (key >>> shift) & MASK;
  }
}
