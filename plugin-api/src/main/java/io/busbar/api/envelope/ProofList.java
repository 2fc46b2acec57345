package io.busbar.api.envelope;

import java.util.List;

/** Entries of the proof log, newest first. */
public record ProofList(List<Proof> proofs) {
  public ProofList {
    proofs = List.copyOf(proofs);
  }
}
