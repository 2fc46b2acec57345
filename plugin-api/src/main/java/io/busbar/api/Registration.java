package io.busbar.api;

/** An answerer or listener on the bus; undone with its verticle, or earlier by {@link #close()}. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  /** Stops answering or listening. Doing it twice changes nothing. */
  @Override
  void close();
}
