package io.busbar.envelope;

import static io.busbar.envelope.Depot.FAIL_SAFE;
import static io.busbar.envelope.Depot.GRID;
import static io.busbar.envelope.Depot.NOW;
import static io.busbar.envelope.Depot.PARTNER;
import static io.busbar.envelope.Depot.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.EnvelopeSource.Health;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every combination of what a source, its forecast, its fallback, orders and gap policy can be,
 * against a table of expectations that is read off the specification.
 */
@Verifies({"FR-030", "FR-031", "NFR-011"})
class EvaluationTableTest {

  private static final int BLOCK = 60_000;
  private static final int LAST_BLOCK = 55_000;
  private static final int FALLBACK = 45_000;
  private static final int OVERRIDE = 50_000;
  private static final int TOU = 40_000;
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);

  private enum Forecast {
    BLOCK,
    GAP,
    NONE
  }

  private enum Fallback {
    VALID,
    EXPIRED,
    NONE
  }

  private enum Orders {
    OVERRIDE,
    TOU,
    BOTH,
    NONE
  }

  private record Row(
      Health health, Forecast forecast, Fallback fallback, Orders orders, GapPolicy gap) {}

  @Test
  void everyCombinationHasTheValueThatTheSpecificationGives() {
    int rows = 0;
    for (Health health : Health.values()) {
      for (Forecast forecast : Forecast.values()) {
        for (Fallback fallback : Fallback.values()) {
          for (Orders orders : Orders.values()) {
            for (GapPolicy gap : GapPolicy.values()) {
              check(new Row(health, forecast, fallback, orders, gap));
              rows++;
            }
          }
        }
      }
    }
    assertThat(rows).isEqualTo(3 * 3 * 3 * 4 * 4);
  }

  private static void check(Row row) {
    OptionalInt value =
        Evaluation.of(Depot.view(), book(row), NOW).limits().stream()
            .filter(limit -> limit.nodeId().equals(GRID))
            .mapToInt(EffectiveLimit::limitWatts)
            .findFirst();

    assertThat(value).as("%s", row).isEqualTo(expected(row));
  }

  private static OptionalInt expected(Row row) {
    int least = Math.min(ofSource(row), ofOrders(row.orders()));
    return least == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(least);
  }

  private static int ofSource(Row row) {
    if (row.health() != Health.ONLINE) {
      return ofFallback(row);
    }
    if (row.forecast() == Forecast.BLOCK) {
      return BLOCK;
    }
    return switch (row.gap()) {
      case CIRCUIT_DEFAULT -> Integer.MAX_VALUE;
      case FAIL_SAFE -> FAIL_SAFE;
      case HOLD_LAST -> row.forecast() == Forecast.GAP ? LAST_BLOCK : Integer.MAX_VALUE;
      case FALLBACK_FORECAST -> ofFallback(row);
    };
  }

  private static int ofFallback(Row row) {
    return row.fallback() == Fallback.VALID ? FALLBACK : FAIL_SAFE;
  }

  private static int ofOrders(Orders orders) {
    return switch (orders) {
      case OVERRIDE -> OVERRIDE;
      case TOU, BOTH -> TOU;
      case NONE -> Integer.MAX_VALUE;
    };
  }

  private static SiteBook book(Row row) {
    SiteBook book = new SiteBook(SITE);
    book.put(source(row));
    Optional<UUID> partner = Optional.of(PARTNER);
    switch (row.forecast()) {
      case BLOCK -> put(book, Depot.forecast("f", hours(-1), hours(1), BLOCK));
      case GAP ->
          put(
              book,
              Depot.envelope(
                  Type.FORECAST,
                  partner,
                  "f",
                  hours(-3),
                  hours(3),
                  EnvelopeBlock.max(hours(-3), hours(-2), BLOCK),
                  EnvelopeBlock.max(hours(-2), hours(-1), LAST_BLOCK),
                  EnvelopeBlock.max(hours(1), hours(3), BLOCK)));
      default -> {}
    }
    switch (row.fallback()) {
      case VALID -> fallback(book, hours(-1), hours(1));
      case EXPIRED -> fallback(book, hours(-2), hours(-1));
      default -> {}
    }
    if (row.orders() == Orders.OVERRIDE || row.orders() == Orders.BOTH) {
      order(book, Type.OVERRIDE, OVERRIDE);
    }
    if (row.orders() == Orders.TOU || row.orders() == Orders.BOTH) {
      order(book, Type.TOU_LIMIT, TOU);
    }
    return book;
  }

  private static EnvelopeSource source(Row row) {
    Instant seen =
        row.health() == Health.STALE
            ? NOW.minus(STALE_AFTER)
            : NOW.minus(STALE_AFTER).plusMillis(1);
    return new EnvelopeSource(
        PARTNER,
        SITE,
        row.health() == Health.STALE ? Health.ONLINE : row.health(),
        Optional.of(seen),
        STALE_AFTER,
        row.gap());
  }

  private static void fallback(SiteBook book, Instant from, Instant to) {
    put(book, Depot.envelope(Type.FALLBACK, Optional.of(PARTNER), "b", from, to, FALLBACK));
  }

  private static void order(SiteBook book, Type type, int watts) {
    put(book, Depot.envelope(type, Optional.empty(), type.name(), hours(-1), hours(1), watts));
  }

  private static void put(SiteBook book, SubmitEnvelope submitted) {
    book.put(Submission.accepted(submitted, 1, hours(-4)).reached(hours(-1)));
  }

  private static Instant hours(int hours) {
    return NOW.plus(Duration.ofHours(hours));
  }
}
