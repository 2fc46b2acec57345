package io.busbar.topology;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps sites. Changes of one depot happen one after the other. */
interface SiteStore extends AutoCloseable {

  /** Who asks for a change, as the audit keeps it. */
  record Author(String actor, String correlationId) {}

  /** Everything stored. */
  List<StoredSite> load();

  /**
   * Changes a depot's site: gives what is stored to the decision and stores what it decides, unless
   * nothing changed. Returns when it is stored for good.
   *
   * @param stored is given what is stored then, before anybody is told of the change
   */
  SiteChange change(
      UUID depotId,
      Author author,
      Function<Optional<StoredSite>, SiteChange> decision,
      Consumer<StoredSite> stored);

  @Override
  void close();
}
