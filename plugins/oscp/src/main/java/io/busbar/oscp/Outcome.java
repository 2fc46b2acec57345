package io.busbar.oscp;

import java.util.List;

/**
 * What a message changes.
 *
 * @param state of the connection from then on
 * @param changes to be stored with it
 * @param sent is run when the answer has left
 */
record Outcome(LinkState state, List<Change> changes, Runnable sent) {

  static Outcome of(LinkState state) {
    return new Outcome(state, List.of(), () -> {});
  }

  Outcome then(Runnable next) {
    return new Outcome(state, changes, next);
  }
}
