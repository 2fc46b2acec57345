package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionReply.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last messages of a connection, for people. */
final class Journal {

  private static final int KEPT = 100;

  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  synchronized void add(Exchange exchange) {
    exchanges.addFirst(exchange);
    if (exchanges.size() > KEPT) {
      exchanges.removeLast();
    }
  }

  /** Newest first. */
  synchronized List<Exchange> newestFirst() {
    return new ArrayList<>(exchanges);
  }
}
