package io.busbar.api;

import java.time.Clock;
import java.time.Duration;

/** A kernel in virtual time, driven from outside: deterministic, on one thread. */
public interface VirtualRun extends AutoCloseable {

  Bus bus();

  Clock clock();

  Scheduler scheduler();

  /** Moves time on, firing every timer in order; returns when all of it is done. */
  void advance(Duration by);

  @Override
  void close();
}
