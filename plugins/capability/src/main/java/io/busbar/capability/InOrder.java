package io.busbar.capability;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Acknowledges the messages of one connection in the order in which they came, as MQTT demands
 * (3.1.1, section 4.6), whichever is stored first. For one event loop.
 */
final class InOrder {

  private final Queue<Turn> turns = new ArrayDeque<>();

  private static final class Turn {
    private final Runnable action;
    private boolean due;

    Turn(Runnable action) {
      this.action = action;
    }
  }

  /**
   * Something came.
   *
   * @param action is run when this is due and everything before it was run
   * @return to be run when it is due
   */
  Runnable add(Runnable action) {
    Turn turn = new Turn(action);
    turns.add(turn);
    return () -> due(turn);
  }

  private void due(Turn turn) {
    turn.due = true;
    while (!turns.isEmpty() && turns.peek().due) {
      turns.poll().action.run();
    }
  }
}
