package io.busbar.api.simulator;

import java.util.List;

/** Reply to {@link PlayStays}. */
public sealed interface PlayReply {

  /** They will be played. */
  record Playing(int stays) implements PlayReply {}

  /** Nothing changed: unknown connectors, stays that overlap or end before they begin. */
  record Refused(List<String> problems) implements PlayReply {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
