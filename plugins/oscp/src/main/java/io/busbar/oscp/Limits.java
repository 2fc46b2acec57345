package io.busbar.oscp;

import io.busbar.api.envelope.EnvelopeBlock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes watts of a group out of what partners send. All values that cover an instant bind. Values
 * for single phases bind three times the smallest of them, because what a group draws is spread
 * over three phases; a value in amperes for all phases is one for each.
 */
final class Limits {

  private static final int PHASES = 3;
  private static final BigDecimal KILO = BigDecimal.valueOf(1000);
  private static final BigDecimal HOUR_MILLIS = BigDecimal.valueOf(3_600_000);
  private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

  private final BigDecimal volts;

  /**
   * At a site.
   *
   * @param volts phase to neutral; amperes are converted with a power factor of 1
   */
  Limits(double volts) {
    this.volts = BigDecimal.valueOf(volts);
  }

  /** Watts of the whole group that a series allows at an instant; empty when it says nothing. */
  OptionalInt at(Series series, Instant at) {
    return series.at(at).stream().mapToInt(this::groupWatts).min();
  }

  /** The smallest value that a block leaves to the whole group, rounded down. */
  private int groupWatts(Block block) {
    boolean each = block.phase().bound() != Block.Phase.ALL || block.unit() == Block.Unit.A;
    BigDecimal watts = watts(block);
    BigDecimal group = each ? watts.multiply(BigDecimal.valueOf(PHASES)) : watts;
    return group.min(MOST).setScale(0, RoundingMode.FLOOR).intValueExact();
  }

  private BigDecimal watts(Block block) {
    return switch (block.unit()) {
      case W -> block.capacity();
      case KW -> block.capacity().multiply(KILO);
      case A -> block.capacity().multiply(volts);
      case WH -> average(block, block.capacity());
      case KWH -> average(block, block.capacity().multiply(KILO));
    };
  }

  /** Energy over the block as it was sent, as power. */
  private static BigDecimal average(Block block, BigDecimal wattHours) {
    long millis = Duration.between(block.receivedFrom(), block.receivedTo()).toMillis();
    return wattHours
        .multiply(HOUR_MILLIS)
        .divide(BigDecimal.valueOf(Math.max(1, millis)), 0, RoundingMode.FLOOR);
  }

  /**
   * What a series bounds from an instant on.
   *
   * @param optimum a wish, clipped into the bounds; it counts only where there is a bound
   */
  List<EnvelopeBlock> blocks(Series series, Series optimum, Instant from) {
    List<Instant> boundaries = new ArrayList<>(boundaries(series, optimum, from));
    List<EnvelopeBlock> blocks = new ArrayList<>();
    for (int i = 0; i + 1 < boundaries.size(); i++) {
      Instant begin = boundaries.get(i);
      OptionalInt most = at(series, begin);
      if (most.isPresent()) {
        add(blocks, block(begin, boundaries.get(i + 1), most, at(optimum, begin)));
      }
    }
    return blocks;
  }

  private static List<Instant> boundaries(Series series, Series optimum, Instant from) {
    var all = series.boundaries(from);
    all.addAll(optimum.boundaries(from));
    return List.copyOf(all);
  }

  private static EnvelopeBlock block(
      Instant from, Instant to, OptionalInt most, OptionalInt wanted) {
    OptionalInt target =
        wanted.isPresent()
            ? OptionalInt.of(Math.min(wanted.getAsInt(), most.getAsInt()))
            : OptionalInt.empty();
    return new EnvelopeBlock(from, to, OptionalInt.empty(), most, target);
  }

  /** Puts together what says the same without a gap. */
  private static void add(List<EnvelopeBlock> blocks, EnvelopeBlock next) {
    EnvelopeBlock last = blocks.isEmpty() ? null : blocks.getLast();
    boolean same =
        last != null
            && last.blockTo().equals(next.blockFrom())
            && last.maxLimitWatts().equals(next.maxLimitWatts())
            && last.targetWatts().equals(next.targetWatts());
    if (same) {
      blocks.set(
          blocks.size() - 1,
          new EnvelopeBlock(
              last.blockFrom(),
              next.blockTo(),
              OptionalInt.empty(),
              next.maxLimitWatts(),
              next.targetWatts()));
    } else {
      blocks.add(next);
    }
  }
}
