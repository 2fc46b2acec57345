package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Sorts places by numbers they have: a stable radix sort, which takes 32 bits of the key and the
 * place along in one word.
 */
final class PlaceSort {

  private static final int MOST_BITS = 11;

  /** What is sorted, filled by whoever sorts. */
  final int[] places;

  private int mostImportant;
  private int leastImportant;
  private long[] words;
  private long[] sorted;
  private final int[] ends = new int[1 << MOST_BITS];

  PlaceSort(int connectors) {
    places = new int[connectors];
    words = new long[connectors];
    sorted = new long[connectors];
  }

  /** In admission order; those of one priority and rank stay in their order. */
  void byPriorityAndRank(int[] priority, long[] rank, int count) {
    boolean classes = findClasses(priority, count);
    byRank(rank, count);
    if (classes) {
      byFoundClasses(priority, count);
    }
  }

  /** By priority, the largest first; those of one priority stay in their order. */
  void byPriority(int[] priority, int count) {
    if (findClasses(priority, count)) {
      byFoundClasses(priority, count);
    }
  }

  private boolean findClasses(int[] priority, int count) {
    mostImportant = Integer.MIN_VALUE;
    leastImportant = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int value = priority[places[i]];
      mostImportant = Math.max(mostImportant, value);
      leastImportant = Math.min(leastImportant, value);
    }
    return mostImportant > leastImportant;
  }

  private void byFoundClasses(int[] priority, int count) {
    for (int i = 0; i < count; i++) {
      words[i] = word((long) mostImportant - priority[places[i]], places[i]);
    }
    sort(count, (long) mostImportant - leastImportant);
  }

  /** The smallest first, those without one behind all others. */
  private void byRank(long[] rank, int count) {
    long most = Long.MIN_VALUE;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long value = rank[places[i]];
      most = value == AllocationProblem.NO_RANK ? most : Math.max(most, value);
      least = Math.min(least, value);
    }
    long behind = most + 1;
    long range = least == AllocationProblem.NO_RANK ? 0 : behind - least;
    for (int shift = 0; shift < Long.SIZE && range >>> shift != 0; shift += Integer.SIZE) {
      for (int i = 0; i < count; i++) {
        long key = Math.min(rank[places[i]], behind) - least;
        words[i] = word(key >>> shift, places[i]);
      }
      sort(count, range >>> shift);
    }
  }

  private static long word(long key, int place) {
    return key << Integer.SIZE | place;
  }

  /** Sorts the words by their upper halves, which are those of 0 to {@code most}, into places. */
  private void sort(int count, long most) {
    int bits = Math.min(Integer.SIZE, Long.SIZE - Long.numberOfLeadingZeros(most));
    int passes = (bits + MOST_BITS - 1) / MOST_BITS;
    for (int pass = 0; pass < passes; pass++) {
      int from = bits * pass / passes;
      int to = bits * (pass + 1) / passes;
      sortByDigit(count, Integer.SIZE + from, (1 << (to - from)) - 1);
    }
    for (int i = 0; i < count; i++) {
      places[i] = (int) words[i];
    }
  }

  private void sortByDigit(int count, int shift, int mask) {
    Arrays.fill(ends, 0, mask + 1, 0);
    for (int i = 0; i < count; i++) {
      ends[(int) (words[i] >>> shift) & mask]++;
    }
    int end = 0;
    for (int digit = 0; digit <= mask; digit++) {
      end += ends[digit];
      ends[digit] = end;
    }
    for (int i = count - 1; i >= 0; i--) {
      long word = words[i];
      sorted[--ends[(int) (word >>> shift) & mask]] = word;
    }
    long[] other = words;
    words = sorted;
    sorted = other;
  }
}
