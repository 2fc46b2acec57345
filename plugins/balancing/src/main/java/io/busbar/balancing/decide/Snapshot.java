package io.busbar.balancing.decide;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Everything a cycle decides on, frozen at its start. Two equal snapshots of the same tree give the
 * same decision.
 *
 * @param at when it was frozen
 * @param connectors one for each connector of the tree, in its order
 * @param meters one for each meter of the tree, in its order
 * @param sources one for each power source of the tree, in its order
 */
public record Snapshot(
    Instant at,
    List<ConnectorInput> connectors,
    List<MeterInput> meters,
    List<SourceInput> sources) {

  public Snapshot {
    connectors = List.copyOf(connectors);
    meters = List.copyOf(meters);
    sources = List.copyOf(sources);
  }

  /**
   * One connector.
   *
   * @param awaited whether its device was never heard of and it is too early to do without it
   * @param answering whether its device has been heard of lately and takes set-points
   * @param drawWatts what it draws; 0 when that was not measured lately
   * @param bookedWatts most that its device may be allowing
   * @param wantWatts what its vehicle wants; 0 for nothing
   * @param heldWatts what it has confirmed last
   * @param weight its share relative to others
   * @param priority larger is more important
   * @param standing its place in the turn
   * @param need what is known of its stay
   */
  public record ConnectorInput(
      boolean awaited,
      boolean answering,
      int drawWatts,
      int bookedWatts,
      int wantWatts,
      int heldWatts,
      double weight,
      int priority,
      Standing standing,
      Need need) {

    /** A vehicle of whose stay nothing is known. */
    public ConnectorInput(
        boolean awaited,
        boolean answering,
        int drawWatts,
        int bookedWatts,
        int wantWatts,
        int heldWatts,
        double weight,
        int priority,
        Standing standing) {
      this(
          awaited,
          answering,
          drawWatts,
          bookedWatts,
          wantWatts,
          heldWatts,
          weight,
          priority,
          standing,
          Need.UNKNOWN);
    }
  }

  /**
   * One meter.
   *
   * @param heard whether it ever said anything
   * @param measuredAt when its newest value was read from the device
   * @param powerWatts that value
   * @param awaited whether it is too early to do without it
   * @param lastGoodWatts the uncontrolled load below it when it was last heard of
   * @param assumedWatts the uncontrolled load that a fallback derived when it began, which holds
   *     while it lasts; absent while none does
   * @param rise the largest recent rise of the uncontrolled load
   */
  public record MeterInput(
      boolean heard,
      Instant measuredAt,
      int powerWatts,
      boolean awaited,
      int lastGoodWatts,
      OptionalInt assumedWatts,
      MeterMemory.Rise rise) {}

  /**
   * One power source.
   *
   * @param heard whether it ever said anything
   * @param measuredAt when its newest value was read from the device
   * @param powerWatts that value: taking positive, feeding in negative
   */
  public record SourceInput(boolean heard, Instant measuredAt, int powerWatts) {}
}
