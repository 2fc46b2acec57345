package io.busbar.oscp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that holds of one group and type: what newer messages cover is cut out of older ones.
 *
 * @param blocks ordered by phase, then begin; of one phase never overlapping
 * @param coveredTo the latest end that ever was; absent when there never was one
 */
record Series(List<Block> blocks, Optional<Instant> coveredTo) {

  static final Series EMPTY = new Series(List.of(), Optional.empty());

  private static final Comparator<Block> ORDER =
      Comparator.comparing((Block block) -> block.phase().bound()).thenComparing(Block::from);

  Series {
    blocks = List.copyOf(blocks);
  }

  /**
   * The series after another message.
   *
   * @param wholeSeries whether the message discards everything of its phases from its begin on
   * @param forgotten what ended before is dropped
   */
  Series with(List<Block> message, boolean wholeSeries, Instant forgotten) {
    List<Block> next = new ArrayList<>(message);
    for (Block old : blocks) {
      next.addAll(wholeSeries ? before(old, message) : around(old, message));
    }
    next.removeIf(block -> !block.to().isAfter(forgotten));
    next.sort(ORDER);
    Optional<Instant> end =
        Stream.concat(coveredTo.stream(), message.stream().map(Block::to))
            .max(Comparator.naturalOrder());
    return new Series(next, end);
  }

  private static List<Block> before(Block old, List<Block> message) {
    Optional<Instant> begin =
        message.stream()
            .filter(block -> isSameKey(block, old))
            .map(Block::from)
            .min(Comparator.naturalOrder());
    if (begin.isEmpty() || !begin.get().isBefore(old.to())) {
      return List.of(old);
    }
    return begin.get().isAfter(old.from())
        ? List.of(old.between(old.from(), begin.get()))
        : List.of();
  }

  /** What is left of a block beside those that take its place. */
  private static List<Block> around(Block old, List<Block> message) {
    List<Block> rest = List.of(old);
    for (Block block : message) {
      if (isSameKey(block, old)) {
        rest = rest.stream().flatMap(piece -> beside(piece, block)).toList();
      }
    }
    return rest;
  }

  private static Stream<Block> beside(Block piece, Block hole) {
    if (!piece.overlaps(hole)) {
      return Stream.of(piece);
    }
    Stream.Builder<Block> rest = Stream.builder();
    if (piece.from().isBefore(hole.from())) {
      rest.add(piece.between(piece.from(), hole.from()));
    }
    if (piece.to().isAfter(hole.to())) {
      rest.add(piece.between(hole.to(), piece.to()));
    }
    return rest.build();
  }

  private static boolean isSameKey(Block one, Block other) {
    return one.phase().bound() == other.phase().bound();
  }

  /** Blocks that hold at an instant, at most one for each phase. */
  List<Block> at(Instant at) {
    return blocks.stream().filter(block -> block.covers(at)).toList();
  }

  /** All begins and ends from an instant on, that instant included. */
  TreeSet<Instant> boundaries(Instant from) {
    TreeSet<Instant> boundaries = new TreeSet<>();
    boundaries.add(from);
    for (Block block : blocks) {
      Stream.of(block.from(), block.to()).filter(at -> at.isAfter(from)).forEach(boundaries::add);
    }
    return boundaries;
  }

  /** When nothing covers any more, from an instant on; empty when nothing covers that instant. */
  Optional<Instant> coveredUntil(Instant from) {
    Instant until = from;
    for (boolean further = true; further; ) {
      further = false;
      for (Block block : blocks) {
        if (block.covers(until)) {
          until = block.to();
          further = true;
        }
      }
    }
    return until.equals(from) ? Optional.empty() : Optional.of(until);
  }
}
