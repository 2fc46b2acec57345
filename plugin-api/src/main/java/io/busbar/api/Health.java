package io.busbar.api;

/** A plugin's own account of how its parts are. The kernel adds what it sees from outside. */
public interface Health {

  /** State of a component, from fine to broken. */
  enum Status {
    UP,
    /** Does not do yet what it is for, and will without anybody's help. */
    STARTING,
    /** Works, with less than was asked for; the message says what is missing. */
    DEGRADED,
    DOWN
  }

  /** Replaces what was said last of this component, for example {@code database}. */
  void report(String component, Status status, String message);
}
