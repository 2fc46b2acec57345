package io.busbar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeersTest {

  @Test
  void every_peer_is_a_row_and_what_was_not_measured_is_a_dash() {
    assertThat(Peers.read())
        .hasSize(7)
        .extracting(Peers.Peer::tableRow)
        .contains(
            "| EVerest energy manager, 0.5 A slices | 1.4 ms | 14 ms | 194 ms | equal within a"
                + " slice |")
        .anyMatch(row -> row.startsWith("| ACN-Sim round robin") && row.contains("| – |"));
  }
}
