package io.busbar.balancing.decide;

import io.busbar.api.topology.LineAmps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a cycle decides on, frozen at its start. Two equal snapshots of the same tree give the
 * same decision.
 *
 * @param at when it was frozen
 * @param connectors one for each connector of the tree, in its order
 * @param meters one for each meter of the tree, in its order
 * @param sources one for each power source of the tree, in its order
 * @param ramps one for each node whose rise is bounded, in the order of the tree; empty at first
 * @param outside limits from outside that the tree was under
 */
public record Snapshot(
    Instant at,
    List<ConnectorInput> connectors,
    List<MeterInput> meters,
    List<SourceInput> sources,
    List<Ramp> ramps,
    List<OutsideLimit> outside) {

  public Snapshot {
    connectors = List.copyOf(connectors);
    meters = List.copyOf(meters);
    sources = List.copyOf(sources);
    ramps = List.copyOf(ramps);
    outside = List.copyOf(outside);
  }

  /** Without limits from outside. */
  public Snapshot(
      Instant at,
      List<ConnectorInput> connectors,
      List<MeterInput> meters,
      List<SourceInput> sources,
      List<Ramp> ramps) {
    this(at, connectors, meters, sources, ramps, List.of());
  }

  /** Before anything was allowed to rise. */
  public Snapshot(
      Instant at,
      List<ConnectorInput> connectors,
      List<MeterInput> meters,
      List<SourceInput> sources) {
    this(at, connectors, meters, sources, List.of());
  }

  /** The same of a tree that is under these limits. */
  public Snapshot under(List<OutsideLimit> limits) {
    return new Snapshot(at, connectors, meters, sources, ramps, limits);
  }

  /**
   * One connector.
   *
   * @param awaited whether its device was never heard of and it is too early to do without it
   * @param answering whether its device has been heard of lately and takes set-points
   * @param drawWatts what it draws, as measured; 0 when that was not lately
   * @param bookedWatts most that its device may be allowing
   * @param wantWatts what its vehicle wants; 0 for nothing
   * @param heldWatts what it has confirmed last
   * @param weight its share relative to others
   * @param priority larger is more important
   * @param standing its place in the turn
   * @param need what is known of its stay
   * @param drawnSince since when its device says that to the last digit; {@link Instant#MAX} while
   *     it does not repeat itself
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
      Need need,
      Instant drawnSince) {

    /** A device that does not repeat itself. */
    public ConnectorInput(
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
          need,
          Instant.MAX);
    }

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
   * @param sameSince since when it says that to the last digit
   * @param amps currents of the three lines, read with that value; absent when they were not
   * @param awaited whether it is too early to do without it
   * @param memory what the cycle before remembered of it
   */
  public record MeterInput(
      boolean heard,
      Instant measuredAt,
      int powerWatts,
      Instant sameSince,
      Optional<LineAmps> amps,
      boolean awaited,
      MeterMemory memory) {}

  /**
   * One power source.
   *
   * @param heard whether it ever said anything
   * @param measuredAt when its newest value was read from the device
   * @param powerWatts that value: taking positive, feeding in negative
   * @param sameSince since when it says that to the last digit
   * @param memory what the cycle before remembered of it
   */
  public record SourceInput(
      boolean heard, Instant measuredAt, int powerWatts, Instant sameSince, MeterMemory memory) {}

  /**
   * How far what is allowed below a node had risen.
   *
   * @param at in the cycle of then
   * @param ceilingWatts most that was allowed
   */
  public record Ramp(Instant at, long ceilingWatts) {}
}
