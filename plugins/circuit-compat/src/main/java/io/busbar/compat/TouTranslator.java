package io.busbar.compat;

import io.busbar.api.Bus;
import io.busbar.api.compatibility.GetTouLimits;
import io.busbar.api.compatibility.SetTouLimits;
import io.busbar.api.compatibility.TouLimitsReply;
import io.busbar.api.compatibility.TouLimitsReply.DayEnvelope;
import io.busbar.api.compatibility.TouSchedule;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.compat.Aliases.Alias;
import io.busbar.compat.CompatStore.Stored;
import io.busbar.compat.Translations.Asked;
import io.busbar.compat.Translations.Path;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes of a schedule one TOU_LIMIT envelope for each of the coming days, and keeps the coming days
 * filled. The same day of the same schedule is the same envelope, so doing it again changes
 * nothing.
 */
final class TouTranslator {

  static final String FAILED = "LIMIT_SCOPE_TRANSLATION_FAILED";
  static final String AMBIGUOUS = "LEGACY_POLICY_SCOPE_AMBIGUOUS";

  private static final TouSchedule NONE = new TouSchedule(List.of(), List.of());

  private final Bus bus;
  private final Clock clock;
  private final Circuits circuits;
  private final Translations translations;
  private final CompatStore store;
  private final int horizonDays;

  TouTranslator(
      Bus bus,
      Clock clock,
      Circuits circuits,
      Translations translations,
      CompatStore store,
      int horizonDays) {
    this.bus = bus;
    this.clock = clock;
    this.circuits = circuits;
    this.translations = translations;
    this.store = store;
    this.horizonDays = horizonDays;
  }

  Future<TouLimitsReply> get(GetTouLimits question) {
    return circuits
        .find(question.circuitId())
        .map(
            found ->
                found.size() == 1
                    ? found(found.getFirst(), store.schedules().get(question.circuitId()))
                    : refused(question.circuitId(), found));
  }

  Future<TouLimitsReply> set(SetTouLimits asked) {
    Asked who = new Asked(asked.circuitId(), Path.TOU_LIMITS, asked.actor(), asked.correlationId());
    List<String> wrong = problems(asked.schedule());
    if (!wrong.isEmpty()) {
      return refuse(who, new TouLimitsReply.Refused(FAILED, "windows break a rule", wrong));
    }
    return circuits
        .find(asked.circuitId())
        .compose(
            found ->
                found.size() == 1
                    ? apply(who, found.getFirst(), asked.schedule())
                    : refuse(who, refused(asked.circuitId(), found)));
  }

  private static List<String> problems(TouSchedule schedule) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < schedule.windows().size(); i++) {
      TouSchedule.Window window = schedule.windows().get(i);
      if (window.limitWatts() < 0) {
        problems.add("windows[%d].limit_watts %d: expected ≥ 0".formatted(i, window.limitWatts()));
      }
      if (window.days().isEmpty()) {
        problems.add("windows[%d].days: expected at least one".formatted(i));
      }
    }
    return problems;
  }

  private Future<TouLimitsReply> refuse(Asked who, TouLimitsReply.Refused refused) {
    translations.failed(who, refused.reasonCode(), refused.message());
    return Future.succeededFuture(refused);
  }

  private static TouLimitsReply.Refused refused(UUID circuitId, List<Alias> found) {
    return new TouLimitsReply.Refused(
        found.isEmpty() ? FAILED : AMBIGUOUS, Circuits.problem(circuitId, found), List.of());
  }

  private Future<TouLimitsReply> apply(Asked who, Alias alias, TouSchedule schedule) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Stored stored = new Stored(alias.circuitId(), schedule, now, who.actor());
    return fill(alias, schedule, who)
        .compose(
            refusal -> {
              if (refusal.isPresent()) {
                return refuse(who, refusal.get());
              }
              store.put(stored);
              translations.applied(who, alias);
              return Future.succeededFuture(found(alias, stored));
            });
  }

  private TouLimitsReply found(Alias alias, Stored stored) {
    return new TouLimitsReply.Found(
        alias.circuitId(),
        alias.microgridId(),
        alias.nodeId(),
        alias.site().microgrid().timeZone(),
        stored == null ? NONE : stored.schedule(),
        Optional.ofNullable(stored).map(Stored::updatedAt),
        store.days(alias.circuitId()).entrySet().stream()
            .map(day -> new DayEnvelope(day.getKey(), day.getValue()))
            .toList());
  }

  /** Fills the coming days of all circuits. */
  Future<Void> fillAll() {
    List<Future<?>> filled = new ArrayList<>();
    store
        .schedules()
        .forEach(
            (circuitId, stored) ->
                filled.add(circuits.find(circuitId).compose(found -> fill(stored, found))));
    return Future.join(filled).mapEmpty();
  }

  private Future<?> fill(Stored stored, List<Alias> found) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Asked who = new Asked(stored.circuitId(), Path.TOU_LIMITS, stored.actor(), "tou-days-" + today);
    return found.size() == 1
        ? fill(found.getFirst(), stored.schedule(), who)
        : refuse(who, refused(stored.circuitId(), found));
  }

  /** Fills the coming days of a circuit; the first day that is refused stops it. */
  private Future<Optional<TouLimitsReply.Refused>> fill(
      Alias alias, TouSchedule schedule, Asked who) {
    TouCalendar calendar =
        new TouCalendar(schedule, ZoneId.of(alias.site().microgrid().timeZone()));
    LocalDate today = calendar.dayOf(clock.instant());
    Map<LocalDate, UUID> known = store.days(alias.circuitId());
    known.keySet().stream()
        .filter(day -> day.isBefore(today))
        .forEach(past -> store.day(alias.circuitId(), past, Optional.empty()));
    Future<Optional<TouLimitsReply.Refused>> all = Future.succeededFuture(Optional.empty());
    for (int i = 0; i < horizonDays; i++) {
      LocalDate day = today.plusDays(i);
      all =
          all.compose(
              refusal ->
                  refusal.isPresent()
                      ? Future.succeededFuture(refusal)
                      : fill(alias, calendar, day, Optional.ofNullable(known.get(day)), who));
    }
    return all;
  }

  private Future<Optional<TouLimitsReply.Refused>> fill(
      Alias alias, TouCalendar calendar, LocalDate day, Optional<UUID> known, Asked who) {
    List<EnvelopeBlock> blocks = calendar.blocksOf(day);
    if (blocks.isEmpty()) {
      return known.isEmpty()
          ? Future.succeededFuture(Optional.empty())
          : withdraw(alias, day, known.get(), who);
    }
    SubmitEnvelope envelope =
        new SubmitEnvelope(
            alias.microgridId(),
            alias.nodeId(),
            Optional.empty(),
            Type.TOU_LIMIT,
            ConstraintType.CONSUMPTION_CAP,
            calendar.startOf(day),
            Optional.of(calendar.startOf(day.plusDays(1))),
            false,
            "tou:" + alias.circuitId() + ":" + day,
            blocks,
            who.actor(),
            who.correlationId());
    return bus.ask(EnvelopeAddresses.SUBMIT.at(alias.microgridId()), envelope)
        .map(reply -> submitted(alias, day, reply));
  }

  private Optional<TouLimitsReply.Refused> submitted(
      Alias alias, LocalDate day, SubmitReply reply) {
    return switch (reply) {
      case SubmitReply.Accepted accepted -> {
        store.day(alias.circuitId(), day, Optional.of(accepted.envelope().envelopeId()));
        yield Optional.empty();
      }
      case SubmitReply.Rejected rejected ->
          Optional.of(
              new TouLimitsReply.Refused(
                  FAILED,
                  "%s: %s: %s".formatted(day, rejected.reasonCode(), rejected.message()),
                  rejected.details()));
    };
  }

  private Future<Optional<TouLimitsReply.Refused>> withdraw(
      Alias alias, LocalDate day, UUID envelopeId, Asked who) {
    WithdrawEnvelope asked = new WithdrawEnvelope(envelopeId, who.actor(), who.correlationId());
    return bus.ask(EnvelopeAddresses.WITHDRAW.at(alias.microgridId()), asked)
        .map(
            reply -> {
              store.day(alias.circuitId(), day, Optional.empty());
              return Optional.empty();
            });
  }
}
