package io.busbar.envelope;

import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.Proof;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.envelope.WithdrawReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work in order, many pieces in one transaction: decides, commits, and only then changes the
 * books. What fails is decided anew on what is stored, because nobody knows how far it got.
 */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int MOST_BOUNDARIES = 1_000;

  /** Clocks may jump: no alarm is set further ahead than this. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private final PluginContext context;
  private final EnvelopeStore store;
  private final Defaults defaults;
  private final Books books;
  private final Projector projector;
  private final Function<Work, Future<Object>> queue;
  private Registration alarm = () -> {};
  private boolean ticking;
  private boolean outdated = true;

  /**
   * A desk without books; {@link #open} gets them.
   *
   * @param queueing makes the way to {@link #work}: one group of work after the other
   */
  Desk(
      PluginContext context,
      EnvelopeStore store,
      Defaults defaults,
      Books books,
      Projector projector,
      Function<Function<List<Work>, List<Object>>, Function<Work, Future<Object>>> queueing) {
    this.context = context;
    this.store = store;
    this.defaults = defaults;
    this.books = books;
    this.projector = projector;
    this.queue = queueing.apply(this::work);
  }

  /** Reads what is stored, and catches up with what happened meanwhile. */
  void open() {
    reload();
    tick();
  }

  Future<SubmitReply> submit(SubmitEnvelope submitted, SiteView site) {
    return queue
        .apply(new Work.Submit(Submission.inMicros(submitted), site))
        .map(SubmitReply.class::cast);
  }

  Future<WithdrawReply> withdraw(UUID microgridId, WithdrawEnvelope asked) {
    return queue.apply(new Work.Withdraw(microgridId, asked)).map(WithdrawReply.class::cast);
  }

  Future<SourceReply> report(ReportSource report, SiteView site) {
    return queue.apply(new Work.Report(report, site)).map(SourceReply.class::cast);
  }

  /** Keeps what circuits carry; tried again until it is stored. */
  void project(List<CircuitCapacity> capacities, String actor, String correlationId) {
    untilStored(new Work.Project(capacities, actor, correlationId));
  }

  /** Keeps entries of the proof log; tried again until they are stored. */
  void prove(List<Proof> proofs) {
    untilStored(new Work.Prove(proofs));
  }

  private void untilStored(Work work) {
    queue.apply(work).onFailure(fault -> context.scheduler().after(AGAIN, () -> untilStored(work)));
  }

  private void tick() {
    if (!ticking) {
      ticking = true;
      queue
          .apply(new Work.Tick())
          .onComplete(
              done -> {
                ticking = false;
                arm();
              },
              fault -> {
                ticking = false;
                LOG.warn("boundaries are stored later: {}", fault.getMessage());
                context.scheduler().after(AGAIN, this::tick);
              });
    }
  }

  /** Wakes at the next boundary. */
  private void arm() {
    alarm.close();
    Instant now = context.clock().instant();
    books
        .next()
        .ifPresent(
            at -> {
              Duration delay = Duration.between(now, at);
              Duration sleep = delay.compareTo(LONGEST_SLEEP) < 0 ? delay : LONGEST_SLEEP;
              alarm =
                  context.scheduler().after(sleep.isNegative() ? Duration.ZERO : sleep, this::tick);
            });
  }

  private List<Object> work(List<Work> group) {
    if (outdated) {
      reload();
    }
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Batch batch = new Batch(books, new HashMap<>(store.newest(keys(group))));
    Decisions decisions = new Decisions(defaults, batch, now);
    List<Object> replies = new ArrayList<>();
    group.forEach(work -> replies.add(decide(work, decisions, batch)));
    if (!batch.isEmpty()) {
      commit(batch, now);
      arm();
    }
    return replies;
  }

  private static Set<Kept.Key> keys(List<Work> group) {
    Set<Kept.Key> keys = new HashSet<>();
    for (Work work : group) {
      if (work instanceof Work.Submit submit) {
        keys.add(Submission.key(submit.submitted()));
      }
    }
    return keys;
  }

  private Object decide(Work work, Decisions decisions, Batch batch) {
    return switch (work) {
      case Work.Submit submit -> decisions.submit(submit.submitted(), submit.site());
      case Work.Withdraw withdraw -> decisions.withdraw(withdraw.microgridId(), withdraw.asked());
      case Work.Report report -> decisions.report(report.report(), report.site());
      case Work.Tick _ -> {
        decisions.tick(books, MOST_BOUNDARIES);
        yield new Work.Done();
      }
      case Work.Project project -> {
        decisions.project(project.capacities(), project.actor(), project.correlationId());
        yield new Work.Done();
      }
      case Work.Prove prove -> {
        prove.proofs().forEach(batch::put);
        yield new Work.Done();
      }
    };
  }

  private void commit(Batch batch, Instant now) {
    try {
      store.commit(batch.changes(), batch::keep);
    } catch (RuntimeException e) {
      outdated = true; // it may be stored all the same
      throw e;
    }
    batch.touched().forEach(id -> projector.project(id, Trigger.ENVELOPE_CHANGE, now));
    Set<UUID> aged = new TreeSet<>(batch.aged());
    aged.removeAll(batch.touched());
    aged.forEach(id -> projector.project(id, Trigger.ENVELOPE_LIFECYCLE, now));
  }

  private void reload() {
    EnvelopeStore.Loaded loaded = store.load();
    Map<Boolean, List<Kept>> kept =
        loaded.envelopes().stream().collect(Collectors.partitioningBy(Kept::isLive));
    books.clear();
    kept.get(true).forEach(books::put);
    kept.get(false).forEach(books::remember);
    loaded.sources().forEach(books::put);
    projector.load(loaded);
    outdated = false;
  }

  void close() {
    alarm.close();
  }
}
