package io.busbar.balancing;

/** What something that was heard asks for. */
enum Urgency {
  /** Nothing: the next periodic cycle is early enough. */
  NONE,
  /** To look whether limits still have the room that the last cycle reckoned with. */
  DOUBT,
  /** A cycle at once. */
  CYCLE;

  /** The more urgent of two. */
  Urgency or(Urgency other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
