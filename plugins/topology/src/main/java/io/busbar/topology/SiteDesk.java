package io.busbar.topology;

import io.busbar.api.Problem;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.DiffReply;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.GetDiff;
import io.busbar.api.topology.GetSnapshotAt;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.Resync;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.VersionReply;
import io.busbar.api.topology.Violation;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Puts changes of sites through the store, each decided on what is stored at that moment. */
final class SiteDesk {

  private final Sites sites;
  private final SiteStore store;
  private final Clock clock;

  SiteDesk(Sites sites, SiteStore store, Clock clock) {
    this.sites = sites;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Imports.
   *
   * @param enveloped gives the nodes of a microgrid that envelopes bound; asked only of a site that
   *     is here already
   */
  Future<ImportReply> importSite(ImportSite question, Function<UUID, Future<Set<UUID>>> enveloped) {
    return switch (SiteText.read(question.name(), question.text(), question.depotId())) {
      case SiteText.Reading.Bad bad ->
          Future.succeededFuture(new ImportReply.Refused(bad.problems()));
      case SiteText.Reading.Good good ->
          sites
              .find(new SiteIds(good.site().depot().id()).depotId())
              .map(known -> enveloped.apply(known.id()))
              .orElseGet(() -> Future.succeededFuture(Set.of()))
              .map(nodes -> importSite(question, good, nodes));
    };
  }

  private ImportReply importSite(
      ImportSite question, SiteText.Reading.Good good, Set<UUID> enveloped) {
    UUID depotId = new SiteIds(good.site().depot().id()).depotId();
    Author author = new Author(question.actor(), question.correlationId());
    return store.change(
        depotId,
        author,
        () -> sites.find(depotId),
        previous -> {
          Instant now = clock.instant();
          SiteChange change = SiteChange.of(good.document(), good.site(), previous, now);
          List<Problem> targeted =
              previous
                  .map(site -> targeted(question.name(), site, change, enveloped))
                  .orElse(List.of());
          return targeted.isEmpty()
              ? outcome(change, imported(change), author, now)
              : Outcome.unchanged(new ImportReply.Refused(targeted));
        },
        sites::keep);
  }

  private static List<Problem> targeted(
      String source, StoredSite site, SiteChange change, Set<UUID> enveloped) {
    return Targets.ofSite(site, new HashSet<>(change.removed()), enveloped).stream()
        .map(violation -> problem(source, violation))
        .toList();
  }

  private static Problem problem(String source, Violation violation) {
    return new Problem(violation.rule(), source, 0, "", violation.message());
  }

  private static <R> Outcome<R> outcome(SiteChange change, R reply, Author author, Instant now) {
    return change.changed()
        ? Outcome.changed(reply, change.site(), Events.updated(change.site(), author, now))
        : Outcome.unchanged(reply);
  }

  private static ImportReply imported(SiteChange change) {
    Microgrid microgrid = change.site().microgrid();
    return new ImportReply.Imported(
        microgrid.depotId(),
        microgrid.microgridId(),
        microgrid.version(),
        change.changed(),
        change.added(),
        change.removed(),
        change.unchanged().size());
  }

  ResyncReply resync(Resync question) {
    UUID depotId = question.depotId();
    if (sites.find(depotId).isEmpty()) {
      return new ResyncReply.NotFound(depotId);
    }
    Author author = new Author(question.actor(), question.correlationId());
    return change(
        depotId,
        author,
        site -> {
          Instant now = clock.instant();
          SiteChange change = SiteChange.resync(site, now);
          return outcome(change, resynced(change), author, now);
        });
  }

  private static ResyncReply resynced(SiteChange change) {
    Microgrid microgrid = change.site().microgrid();
    return new ResyncReply.Resynced(
        microgrid.microgridId(),
        microgrid.version(),
        change.added(),
        change.removed(),
        change.unchanged());
  }

  /**
   * Edits.
   *
   * @param enveloped nodes that envelopes bound
   */
  EditReply edit(UUID depotId, EditTopology question, Set<UUID> enveloped) {
    return change(
        depotId,
        new Author(question.actor(), question.correlationId()),
        site -> TopologyEdit.decide(site, question, sites.owners(), enveloped, clock.instant()));
  }

  NodeLimitReply setLimit(UUID depotId, SetNodeLimit question) {
    UUID fresh = UUID.randomUUID();
    return change(
        depotId,
        new Author(question.actor(), question.correlationId()),
        site -> LimitEdit.decide(site, question, fresh, clock.instant()));
  }

  ControlPointReply saveControlPoint(UUID depotId, SaveControlPoint question) {
    UUID fresh = UUID.randomUUID();
    return change(
        depotId,
        new Author(question.actor(), question.correlationId()),
        site -> ControlPointEdit.decide(site, question, fresh, clock.instant()));
  }

  private <R> R change(UUID depotId, Author author, Function<StoredSite, Outcome<R>> decision) {
    return store.change(
        depotId,
        author,
        () -> sites.find(depotId),
        site -> decision.apply(site.orElseThrow()),
        sites::keep);
  }

  VersionReply at(Microgrid microgrid, GetSnapshotAt question) {
    return store
        .at(microgrid.microgridId(), question.version())
        .<VersionReply>map(found -> found)
        .orElseGet(() -> new VersionReply.NotFound(question.version(), newest(microgrid)));
  }

  DiffReply diff(Microgrid microgrid, GetDiff question) {
    Optional<VersionReply.Found> from = store.at(microgrid.microgridId(), question.from());
    Optional<VersionReply.Found> to = store.at(microgrid.microgridId(), question.to());
    if (from.isPresent() && to.isPresent()) {
      return TreeDiff.between(from.get(), to.get());
    }
    int missing = from.isEmpty() ? question.from() : question.to();
    return new DiffReply.NotFound(missing, newest(microgrid));
  }

  private int newest(Microgrid microgrid) {
    return sites.find(microgrid.depotId()).orElseThrow().microgrid().version();
  }
}
