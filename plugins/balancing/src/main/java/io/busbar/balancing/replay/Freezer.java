package io.busbar.balancing.replay;

import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.apply.ApplyRules;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.wire.RecordColumns;

/** Packs what the cycles of a site are decided on, for as long as its tree and limits stay. */
public final class Freezer {

  static final RecordColumns<Snapshot> SNAPSHOTS = RecordColumns.of(Snapshot.class);

  private final String site;
  private final String digest;
  private final byte[] packedFrame;

  public Freezer(TopologySnapshot topology, Policy policy, ApplyRules apply) {
    byte[] json = new Frame(topology, policy, apply, SNAPSHOTS.layout()).json();
    this.site = topology.microgrid().name();
    this.digest = new Sha256().put(json).hex();
    this.packedFrame = Packing.pack(json);
  }

  /** A snapshot of that tree. */
  public Inputs freeze(Snapshot snapshot) {
    return new Inputs(site, digest, packedFrame, SNAPSHOTS.encode(snapshot));
  }
}
