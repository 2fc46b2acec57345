package io.busbar.balancing.replay;

import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.decide.Snapshot;

/**
 * Inputs of a cycle as they were before they were packed.
 *
 * @param frame the tree, its limits and the settings
 * @param tree the tree, laid out
 * @param snapshot what was known of the site
 */
public record Thawed(Frame frame, SiteTree tree, Snapshot snapshot) {

  /**
   * Unpacks inputs.
   *
   * @throws IllegalArgumentException if they are damaged, or this version does not understand them
   */
  public static Thawed of(Inputs inputs) {
    byte[] json = Packing.unpack(inputs.packedFrame());
    if (!new Sha256().put(json).hex().equals(inputs.frame())) {
      throw new IllegalArgumentException(
          "their frame is not the one with digest " + inputs.frame());
    }
    Frame frame = Frame.of(json);
    Snapshot snapshot = Freezer.SNAPSHOTS.decode(inputs.snapshot(), frame.layout());
    Gaps.refuse(snapshot);
    SiteTree tree = SiteTree.of(frame.topology()).under(snapshot.outside());
    return new Thawed(frame, tree, snapshot);
  }
}
