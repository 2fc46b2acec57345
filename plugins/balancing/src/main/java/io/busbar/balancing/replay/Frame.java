package io.busbar.balancing.replay;

import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.apply.ApplyRules;
import io.busbar.balancing.decide.Policy;
import io.busbar.wire.RecordJson;
import java.nio.charset.StandardCharsets;

/**
 * What a cycle is decided on and what stays the same from one cycle to the next: the tree with the
 * limits in force, which operators change without a new version of it, and the settings. Kept once
 * for all the cycles that it holds for.
 *
 * @param topology the tree and what bounds it
 * @param policy the settings of decisions
 * @param apply the settings of what is done with them
 * @param layout of the bytes that snapshots are kept as
 */
record Frame(TopologySnapshot topology, Policy policy, ApplyRules apply, String layout) {

  byte[] json() {
    return RecordJson.encode(this).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException if it does not name all that has to be known today
   */
  static Frame of(byte[] json) {
    Frame frame = RecordJson.decode(new String(json, StandardCharsets.UTF_8), Frame.class);
    Gaps.refuse(frame);
    return frame;
  }
}
