package io.busbar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.Topic;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.LossyWire;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeContext context = FakeContext.of("test", new JsonObject(), Path.of("."));
  private final DatabaseAccess access = TestDatabase.fresh("test");
  private Store store;

  @BeforeEach
  void open() {
    store = openStore();
    ready();
  }

  @AfterEach
  void close() {
    store.close();
    vertx.close().await();
  }

  @Test
  void stateAuditAndEventAreCommittedTogetherAndToldAfterwards() {
    Thing thing = Thing.insert(store, 7, LeapClock.START);

    assertThat(context.bus().told(Thing.CHANGED)).containsExactly(thing);
    assertThat(value("select name from thing where id = 7")).isEqualTo("thing 7");
    assertThat(
            value(
                """
                select concat_ws(' ', occurred_at at time zone 'UTC', actor, source, correlation_id,
                                 topic, key, payload)
                from audit_event
                """))
        .isEqualTo(
            "2026-03-02 10:00:00 tester store-test c-1 test.thing_changed.v1 1"
                + " {\"id\": 7, \"name\": \"thing 7\"}");
    assertThat(value("select published_at at time zone 'UTC' from outbox"))
        .isEqualTo("2026-03-02 10:00:00");
  }

  @Test
  void nothingIsStoredOrToldWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                store.transaction(
                    tx -> {
                      tx.query("insert into thing values (1, 'x')");
                      tx.tell(Thing.CHANGED, new Thing(1, "x"), Thing.cause(LeapClock.START));
                      throw new IllegalStateException("changed my mind");
                    }))
        .hasMessage("changed my mind");

    assertThat(value("select count(*) from thing")).isEqualTo("0");
    assertThat(value("select count(*) from audit_event")).isEqualTo("0");
    assertThat(context.bus().told(Thing.CHANGED)).isEmpty();
  }

  @Test
  void aStatementThatTheDatabaseRefusesIsNoOutage() {
    Thing.insert(store, 1, LeapClock.START);

    assertThatThrownBy(() -> Thing.insert(store, 1, LeapClock.START))
        .isInstanceOf(PgException.class)
        .hasMessageContaining("thing_pkey");
    assertThat(context.health().reports()).isEmpty();
  }

  @Test
  void aTopicTheStoreWasNotOpenedWithIsRefusedBeforeTheCommit() {
    Topic<Thing> other = Topic.of("test.other.v1", Thing.class);

    assertThatThrownBy(
            () ->
                store.transaction(
                    tx -> {
                      tx.tell(other, new Thing(1, "x"), Thing.cause(LeapClock.START));
                      return null;
                    }))
        .hasMessageContaining("test.other.v1");
  }

  @Test
  @Verifies("NFR-003")
  void theAuditCannotBeChangedOrEmptied() {
    Thing.insert(store, 1, LeapClock.START);

    for (String change :
        List.of(
            "update audit_event set actor = 'nobody'",
            "delete from audit_event",
            "truncate audit_event cascade")) {
      assertThatThrownBy(() -> TestDatabase.execute(access, change))
          .hasMessageContaining("audit_event is append-only");
    }
    assertThat(value("select actor from audit_event")).isEqualTo("tester");
  }

  @Test
  void eventsAreToldInTheOrderOfCommitsEvenWhenManyCommitAtOnce() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 200)
          .mapToObj(
              id ->
                  CompletableFuture.runAsync(
                      () -> Thing.insert(store, id, LeapClock.START), threads))
          .toList()
          .forEach(CompletableFuture::join);
    }
    String committed =
        value(
            """
            select string_agg(payload->>'id', ',' order by position)
            from outbox join audit_event using (event_id)
            """);

    assertThat(context.bus().told(Thing.CHANGED))
        .extracting(thing -> Integer.toString(thing.id()))
        .containsExactly(committed.split(","));
    assertThat(value("select count(*) from outbox where published_at is null")).isEqualTo("0");
  }

  @Test
  void whatIsCommittedBeforeTheKernelIsReadyIsToldWhenItIs() {
    reopen();
    Thing.insert(store, 1, LeapClock.START);
    Thing.insert(store, 2, LeapClock.START);
    assertThat(context.bus().told(Thing.CHANGED)).isEmpty();

    ready();

    assertThat(context.bus().told(Thing.CHANGED)).extracting(Thing::id).containsExactly(1, 2);
  }

  @Test
  void anEventNobodyCanReadDoesNotHoldUpTheOthers() {
    reopen();
    Thing.insert(store, 1, LeapClock.START);
    TestDatabase.execute(
        access,
        """
        insert into audit_event
        select gen_random_uuid(), occurred_at, actor, source, correlation_id, 'test.gone.v1', key, payload
        from audit_event;
        insert into outbox (event_id) select event_id from audit_event where topic = 'test.gone.v1'
        """);
    Thing.insert(store, 2, LeapClock.START);

    ready();

    assertThat(context.bus().told(Thing.CHANGED)).extracting(Thing::id).containsExactly(1, 2);
    assertThat(value("select count(*) from outbox where published_at is null")).isEqualTo("1");
  }

  @Test
  void aLostConnectionIsAnOutageOnceAndTheNextTransactionWorks() {
    assertThatThrownBy(
            () ->
                store.transaction(
                    tx -> {
                      tx.query("insert into thing values (1, 'x')");
                      cutConnections();
                      return tx.query("insert into thing values (2, 'x')");
                    }))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(context.health().reports().get("store").status()).isEqualTo(Health.Status.DOWN);

    Thing.insert(store, 3, LeapClock.START);
    assertThat(value("select string_agg(id::text, ',') from thing")).isEqualTo("3");
    assertThat(context.health().reports().get("store").status()).isEqualTo(Health.Status.UP);
  }

  @Test
  @Verifies("OP-03")
  void aCommitWhoseAnswerIsLostIsReadAnewAndThenTold() {
    try (LossyWire wire = new LossyWire(access)) {
      store.close();
      store =
          Store.open(
              vertx, wire.access(), context, getClass().getClassLoader(), List.of(Thing.CHANGED));
      ready();
      List<String> order = new CopyOnWriteArrayList<>();
      context.bus().hear(Thing.CHANGED, thing -> order.add("told " + thing.id()));
      wire.loseNextCommit();

      assertThatThrownBy(
              () ->
                  store.transaction(
                      tx -> {
                        tx.query("insert into thing values (1, 'x')");
                        tx.tell(Thing.CHANGED, new Thing(1, "x"), Thing.cause(LeapClock.START));
                        return 1;
                      },
                      done -> order.add("committed"),
                      () -> order.add("read anew")))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(value("select name from thing where id = 1")).isEqualTo("x");
      assertThat(order).isEmpty();

      context.clock().leapSeconds(2);

      assertThat(order).containsExactly("read anew", "told 1");
    }
  }

  @Test
  void manyThatNobodyCanReadDoNotHoldUpTheOthers() {
    reopen();
    Thing.insert(store, 1, LeapClock.START);
    TestDatabase.execute(
        access,
        """
        insert into audit_event
        select gen_random_uuid(), occurred_at, actor, source, correlation_id, 'test.gone.v1', key, payload
        from audit_event, generate_series(1, 700);
        insert into outbox (event_id) select event_id from audit_event where topic = 'test.gone.v1'
        """);
    Thing.insert(store, 2, LeapClock.START);

    ready();

    assertThat(context.bus().told(Thing.CHANGED)).extracting(Thing::id).containsExactly(1, 2);
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    var nowhere = new DatabaseAccess("127.0.0.1", 1, "none", "nobody", "secret", "test");

    assertThatThrownBy(
            () -> Store.open(vertx, nowhere, context, getClass().getClassLoader(), List.of()))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aDatabaseThatNeverAnswersIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var mute =
          new DatabaseAccess("127.0.0.1", silent.getLocalPort(), "none", "nobody", "x", "test");

      assertThatThrownBy(
              () -> Store.open(vertx, mute, context, getClass().getClassLoader(), List.of()))
          .isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void whatIsDoneBetweenCommitAndTellingIsSeenByListeners() {
    List<String> order = new CopyOnWriteArrayList<>();
    context.bus().hear(Thing.CHANGED, thing -> order.add("told " + thing.id()));

    store.transaction(
        tx -> {
          tx.tell(Thing.CHANGED, new Thing(5, "x"), Thing.cause(LeapClock.START));
          return "committed 5";
        },
        order::add);

    assertThat(order).containsExactly("committed 5", "told 5");
  }

  @Test
  void openingASchemaThatIsUpToDateChangesNothing() {
    Thing.insert(store, 1, LeapClock.START);
    reopen();

    assertThat(store.query("select count(*) from thing").iterator().next().getLong(0)).isOne();
  }

  private void reopen() {
    store.close();
    store = openStore();
  }

  private Store openStore() {
    return Store.open(vertx, access, context, getClass().getClassLoader(), List.of(Thing.CHANGED));
  }

  private void ready() {
    context.bus().tell(KernelAddresses.READY, new KernelReady(LeapClock.START));
  }

  private void cutConnections() {
    TestDatabase.execute(
        access,
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'busbar-test' and datname = current_database()
        """);
  }

  private String value(String sql) {
    return TestDatabase.value(access, sql);
  }
}
