package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.Proof;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.WithdrawEnvelope;
import java.util.List;
import java.util.UUID;

/** Something that changes what is stored; one after the other, many in one transaction. */
sealed interface Work {

  /** About how many bytes it takes while it waits. */
  default int weight() {
    return switch (this) {
      case Submit submit -> 500 + 100 * submit.submitted().blocks().size();
      case Project project -> 200 * project.capacities().size();
      case Prove prove -> 300 * prove.proofs().size();
      case Withdraw _, Report _, Tick _ -> 200;
    };
  }

  /** An envelope came. */
  record Submit(SubmitEnvelope submitted, SiteView site) implements Work {}

  /** An envelope is to end. */
  record Withdraw(UUID microgridId, WithdrawEnvelope asked) implements Work {}

  /** A source is well or not. */
  record Report(ReportSource report, SiteView site) implements Work {}

  /** Boundaries have been reached. */
  record Tick() implements Work {}

  /** Circuits carry something else. */
  record Project(List<CircuitCapacity> capacities, String actor, String correlationId)
      implements Work {
    public Project {
      capacities = List.copyOf(capacities);
    }
  }

  /** The proof log has something new. */
  record Prove(List<Proof> proofs) implements Work {
    public Prove {
      proofs = List.copyOf(proofs);
    }
  }

  /** In place of a reply where nobody waits for one. */
  record Done() {}
}
