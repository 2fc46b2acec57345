package io.busbar.topology;

import io.busbar.api.topology.VersionReply;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps sites. Changes of one depot happen one after the other. */
interface SiteStore extends AutoCloseable {

  /** Everything stored. */
  List<StoredSite> load();

  /**
   * Changes a depot's site: gives what is stored to the decision and stores what it decides.
   *
   * @param depotId the depot
   * @param author who asks
   * @param known what is known of the site; read anew if it is no longer what is stored
   * @param decision decides what to change, if anything
   * @param stored is given what is stored then, before anybody is told of the change
   * @return the reply, once all is stored for good
   */
  <R> R change(
      UUID depotId,
      Author author,
      Supplier<Optional<StoredSite>> known,
      Function<Optional<StoredSite>, Outcome<R>> decision,
      Consumer<StoredSite> stored);

  /** A tree at an earlier version; empty when that version never was. */
  Optional<VersionReply.Found> at(UUID microgridId, int version);

  @Override
  void close();
}
