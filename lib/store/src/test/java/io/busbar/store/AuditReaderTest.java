package io.busbar.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.AuditPlace;
import io.busbar.api.audit.GetAudit;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Verifies("NFR-003")
class AuditReaderTest {

  private static final UUID SITE = UUID.randomUUID();
  private static final UUID OTHER_SITE = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx();
  private final FakeContext context = FakeContext.of("test", new JsonObject(), Path.of("."));
  private final List<AuditEvent> expected = new ArrayList<>();
  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.open(
            vertx,
            TestDatabase.fresh("test"),
            context,
            getClass().getClassLoader(),
            List.of(Thing.CHANGED));
  }

  @AfterEach
  void close() {
    store.close();
    vertx.close().await();
  }

  @Test
  void everyEventIsOnExactlyOnePageNewestFirstEvenWhenManyHappenAtOnce() {
    for (int i = 0; i < 25; i++) {
      tell(SITE, "ann", "c-" + i, LeapClock.START.plusSeconds(i / 10));
    }

    List<AuditEvent> paged = new ArrayList<>();
    Optional<AuditPlace> before = Optional.empty();
    List<AuditEvent> page;
    do {
      page = page(question(before, 7));
      paged.addAll(page);
      before = page.isEmpty() ? before : Optional.of(page.getLast().place());
    } while (!page.isEmpty());

    expected.sort(Comparator.comparing(AuditEvent::place).reversed());
    assertThat(paged).containsExactlyElementsOf(expected);
  }

  @Test
  void filtersNarrowBySiteActorCorrelationTopicAndTime() {
    tell(SITE, "ann", "c-1", LeapClock.START);
    tell(OTHER_SITE, "ann", "c-2", LeapClock.START.plusSeconds(1));
    tell(SITE, "bob", "c-3", LeapClock.START.plusSeconds(2));
    Optional<String> any = Optional.empty();
    Optional<Instant> always = Optional.empty();
    Optional<UUID> everywhere = Optional.empty();

    assertThat(correlations(Optional.of(SITE), any, any, any, always, always))
        .containsExactly("c-3", "c-1");
    assertThat(correlations(everywhere, any, Optional.of("ann"), any, always, always))
        .containsExactly("c-2", "c-1");
    assertThat(correlations(everywhere, any, any, Optional.of("c-2"), always, always))
        .containsExactly("c-2");
    assertThat(correlations(everywhere, Optional.of("test.no.v1"), any, any, always, always))
        .isEmpty();
    Optional<Instant> second = Optional.of(LeapClock.START.plusSeconds(1));
    assertThat(correlations(everywhere, any, any, any, second, always))
        .containsExactly("c-3", "c-2");
    assertThat(correlations(everywhere, any, any, any, always, second)).containsExactly("c-1");
  }

  @Test
  void aKeyThatIsNoSiteIsNoMicrogrid() {
    Thing.insert(store, 1, LeapClock.START);

    assertThat(page(question(Optional.empty(), 10)))
        .singleElement()
        .extracting(AuditEvent::microgridId)
        .isEqualTo(Optional.empty());
  }

  private void tell(UUID site, String actor, String correlationId, Instant at) {
    Cause cause = new Cause(UUID.randomUUID(), at, actor, "store-test", correlationId);
    store.transaction(
        tx -> {
          tx.tell(Thing.CHANGED.at(site), new Thing(1, "x"), cause);
          return null;
        });
    expected.add(
        new AuditEvent(
            cause.eventId(),
            at,
            actor,
            "store-test",
            correlationId,
            Thing.CHANGED.name(),
            Optional.of(site),
            Map.of("id", 1, "name", "x")));
  }

  private List<AuditEvent> page(GetAudit question) {
    return context.bus().ask(AuditAddresses.PAGE.at("test"), question).await().events();
  }

  private static GetAudit question(Optional<AuditPlace> before, int limit) {
    return new GetAudit(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        before,
        limit);
  }

  private List<String> correlations(
      Optional<UUID> site,
      Optional<String> topic,
      Optional<String> actor,
      Optional<String> correlationId,
      Optional<Instant> from,
      Optional<Instant> to) {
    return page(new GetAudit(site, topic, actor, correlationId, from, to, Optional.empty(), 10))
        .stream()
        .map(AuditEvent::correlationId)
        .toList();
  }
}
