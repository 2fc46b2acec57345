package io.busbar.api.simulator;

import java.util.List;

/** Reply to {@link Degrade}. */
public sealed interface DegradeReply {

  /** Done, at so many nodes. */
  record Degraded(int nodes) implements DegradeReply {}

  /** Nothing changed: nodes that are neither connectors nor metered. */
  record Refused(List<String> problems) implements DegradeReply {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
