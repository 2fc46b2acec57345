package io.busbar.balancing.decide;

import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.decide.Snapshot.Ramp;
import java.util.List;
import java.util.stream.Stream;

/** What a snapshot led to. Made by {@link Decider}. */
public final class Decision {

  /** In place of a target: the device has not been heard of yet, so it is left alone. */
  public static final int NO_TARGET = -1;

  private final Demand demand;
  private final Room room;
  private final Share[] shares;
  private final int[] targets;
  private final boolean[] balanced;
  private final List<Ramp> ramps;

  Decision(
      Demand demand,
      Room room,
      Share[] shares,
      int[] targets,
      boolean[] balanced,
      List<Ramp> ramps) {
    this.demand = demand;
    this.room = room;
    this.shares = shares;
    this.targets = targets;
    this.balanced = balanced;
    this.ramps = ramps;
  }

  Demand demand() {
    return demand;
  }

  /** What one connector gets and why not more. */
  public Share share(int connector) {
    return shares[connector];
  }

  /** What devices below every node may be allowed in all, those that do not answer included. */
  public Room room() {
    return room;
  }

  /** By connector: watts that its set-point should be, or {@link #NO_TARGET}. */
  public int[] targets() {
    return targets.clone();
  }

  /** Whether anything was derived instead of measured. */
  public SourceMode sourceMode() {
    return demand.siteMode();
  }

  /**
   * What was derived, each as {@code REF:POLICY}, and which check a value failed, as {@code
   * REF:CHECK}; then what is missing, as {@code REF:NONE}.
   */
  public List<String> derivedInputs() {
    return Stream.concat(
            demand.derived().stream(), demand.missing().stream().map(ref -> ref + ":NONE"))
        .toList();
  }

  /** Refs of meters of which nothing usable is known. */
  public List<String> missingInputs() {
    return demand.missing();
  }

  /** Refs of devices that do not answer, or take no set-points. */
  public List<String> silentDevices() {
    return demand.derived().stream()
        .filter(input -> input.endsWith(DemandResolution.BOOKED))
        .map(input -> input.substring(0, input.length() - DemandResolution.BOOKED.length()))
        .toList();
  }

  /** What to remember of each meter until the next cycle. */
  public List<MeterMemory> meters() {
    return demand.meters();
  }

  /** What to remember of each power source until the next cycle. */
  public List<MeterMemory> sources() {
    return demand.sources();
  }

  /** What to remember of each bound on rises until the next cycle. */
  public List<Ramp> ramps() {
    return ramps;
  }

  /** How many values were not believed because of a check. */
  public int failed(Check check) {
    return demand.failed()[check.ordinal()];
  }

  /** Inputs that failed a check, each as {@code REF:CHECK}. */
  public List<String> failedInputs() {
    return demand.derived().stream().filter(Check::isIn).toList();
  }

  /** Generation at and below a node that is set off under net limits, in watts. */
  public long creditWatts(int node) {
    return demand.creditAt(node);
  }

  /** Whether a connector takes part: active, answering, and all meters above it known. */
  boolean isBalanced(int connector) {
    return balanced[connector];
  }

  /** Whether any connector takes part. */
  public boolean isAnyBalanced() {
    for (boolean one : balanced) {
      if (one) {
        return true;
      }
    }
    return balanced.length == 0;
  }

  /** Whether nothing usable is known of a meter at or above a node. */
  public boolean isBlind(int node) {
    return demand.blind()[node] != Demand.NOBODY;
  }
}
