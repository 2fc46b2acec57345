package io.busbar.api.oscp;

import java.util.List;

/** Connections, ordered by id. */
public record ConnectionList(List<ConnectionState> connections) {

  public ConnectionList {
    connections = List.copyOf(connections);
  }
}
