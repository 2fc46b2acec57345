package io.busbar.balancing;

import java.util.Optional;
import java.util.UUID;

/** Reads words of the command line. */
final class Words {

  private Words() {}

  /** An id; empty if it is none. */
  static Optional<UUID> id(String word) {
    try {
      return Optional.of(UUID.fromString(word));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
