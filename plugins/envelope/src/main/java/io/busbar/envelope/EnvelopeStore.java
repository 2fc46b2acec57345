package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.ListProofs;
import io.busbar.api.envelope.Proof;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps envelopes and what goes with them. Its methods wait, for virtual threads. */
interface EnvelopeStore extends AutoCloseable {

  /**
   * What counts now or later.
   *
   * @param envelopes live ones, and of forecasts that are over the last of each source and place
   * @param openProofs entries of the proof log that wait for the site to be under them
   */
  record Loaded(
      List<Kept> envelopes,
      List<EnvelopeSource> sources,
      List<CircuitCapacity> capacities,
      List<Proof> openProofs) {}

  /**
   * What is to be stored together.
   *
   * @param envelopes new or changed, each once
   * @param tellings in the order in which things happened
   */
  record Changes(
      Collection<Kept> envelopes,
      Collection<EnvelopeSource> sources,
      Collection<CircuitCapacity> capacities,
      Collection<Proof> proofs,
      List<Telling<?>> tellings) {}

  Loaded load();

  /** The newest envelope of each key that has any. */
  Map<Kept.Key, Kept> newest(Collection<Kept.Key> keys);

  /**
   * Stores it, all or nothing.
   *
   * @param committed run after the commit, before anything is told
   */
  void commit(Changes changes, Runnable committed);

  EnvelopePageReply page(UUID microgridId, ListEnvelopes question);

  List<Proof> proofs(UUID microgridId, ListProofs question);

  /** Forgets envelopes and proofs that ended before. */
  void forget(Instant before);

  @Override
  void close();
}
