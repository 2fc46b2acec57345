package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import java.util.Optional;

/** Keeps nothing, for scenarios. */
public final class NoDatabase implements Database {

  @Override
  public Optional<DatabaseAccess> of(String plugin) {
    return Optional.empty();
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }
}
