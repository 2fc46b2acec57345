package io.busbar.store;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.Topic;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.kernel.KernelAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's schema in PostgreSQL. State, audit and outbox commit together; what is to be told is
 * told after the commit, in the order of commits, at least once: what a crash left untold is told
 * when the kernel is ready again. It answers {@link AuditAddresses#PAGE} for its plugin, which
 * therefore has to provide that address. Its methods wait, each at most about ten seconds, so they
 * are for virtual threads.
 */
public final class Store implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int CONNECTIONS = 4;
  private static final Duration PUBLISH_AGAIN = Duration.ofSeconds(2);
  private static final String HEALTH = "store";

  private final PluginContext context;
  private final Pool pool;
  private final Outbox outbox;
  private final Registration ready;
  private final Registration audit;
  private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean later = new AtomicBoolean();
  private volatile boolean away;

  /** A transaction that may be committed or not, and what reads anew what it may have changed. */
  private record Doubt(Transaction transaction, Runnable reader) {}

  private Store(PluginContext context, Pool pool, Outbox outbox) {
    this.context = context;
    this.pool = pool;
    this.outbox = outbox;
    this.ready =
        context
            .bus()
            .hear(
                KernelAddresses.READY,
                event -> {
                  outbox.open();
                  publish();
                });
    this.audit =
        context
            .bus()
            .answer(AuditAddresses.PAGE.at(context.pluginId()), new AuditReader(this)::page);
  }

  /**
   * Migrates the schema and opens a pool of connections to it. To be called while the plugin
   * starts: events are told from {@code kernel.ready.v1} on.
   *
   * @param vertx runs the connections
   * @param access where, usually {@code context.database()}
   * @param context bus, clock, scheduler and health of the plugin
   * @param migrations finds the plugin's {@code db/migration/V1__….sql} and so on
   * @param topics every topic that will be told through this store, without keys
   * @throws StoreUnavailable if the database cannot be reached
   */
  public static Store open(
      Vertx vertx,
      DatabaseAccess access,
      PluginContext context,
      ClassLoader migrations,
      List<Topic<?>> topics) {
    new Migrations(access).run(migrations);
    Pool pool =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(connectOptions(access))
            .with(new NetClientOptions().setConnectTimeout(Waiting.SECONDS * 1000))
            .with(
                new PoolOptions()
                    .setMaxSize(CONNECTIONS)
                    .setConnectionTimeout(Waiting.SECONDS)
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .build();
    Outbox outbox = new Outbox(pool, access.schema(), context.bus(), context.clock(), topics);
    return new Store(context, pool, outbox);
  }

  private static PgConnectOptions connectOptions(DatabaseAccess access) {
    return new PgConnectOptions()
        .setHost(access.host())
        .setPort(access.port())
        .setDatabase(access.database())
        .setUser(access.user())
        .setPassword(access.password())
        .setCachePreparedStatements(true)
        .setProperties(
            Map.of(
                "search_path",
                access.schema(),
                "application_name",
                "busbar-" + access.schema(),
                "statement_timeout",
                Integer.toString(Waiting.SECONDS * 1000),
                "DateStyle",
                "ISO",
                "extra_float_digits",
                "2",
                "client_encoding",
                "utf-8"));
  }

  /**
   * Runs the work in one transaction: commits when it returns, rolls back when it throws, and
   * throws that again.
   *
   * @throws StoreUnavailable if the database does not answer in time
   */
  public <T> T transaction(Function<Transaction, T> work) {
    return transaction(work, result -> {});
  }

  /**
   * The same, with something to do between the commit and the telling, such as updating a cache
   * that listeners will ask for.
   */
  public <T> T transaction(Function<Transaction, T> work, Consumer<? super T> committed) {
    return transaction(work, committed, () -> {});
  }

  /**
   * The same, with something to do when the connection breaks in the very moment of the commit, so
   * that nobody knows whether it was one.
   *
   * @param doubted is run once the database is back, before anything of the transaction is told,
   *     and again when it throws; it reads anew what a cache may have missed
   */
  public <T> T transaction(
      Function<Transaction, T> work, Consumer<? super T> committed, Runnable doubted) {
    T result = reaching(() -> commit(work, committed, doubted));
    publish();
    return result;
  }

  private <T> T commit(
      Function<Transaction, T> work, Consumer<? super T> committed, Runnable doubted) {
    SqlConnection connection = Waiting.on(pool.getConnection());
    try {
      io.vertx.sqlclient.Transaction begun = Waiting.on(connection.begin());
      Transaction transaction = new Transaction(connection);
      Doubt doubt = new Doubt(transaction, doubted);
      try {
        T result = work.apply(transaction);
        outbox.append(transaction);
        commit(begun, doubt);
        committed.accept(result);
        return result;
      } catch (Throwable e) {
        begun.rollback();
        throw e;
      } finally {
        if (!doubts.contains(doubt)) {
          outbox.release(transaction);
        }
      }
    } finally {
      connection.close();
    }
  }

  private void commit(io.vertx.sqlclient.Transaction begun, Doubt doubt) {
    try {
      Waiting.on(begun.commit());
    } catch (StoreUnavailable e) {
      doubts.add(doubt);
      publishLater(e);
      throw e;
    }
  }

  /**
   * Runs one statement outside any transaction; see {@link Transaction#query}.
   *
   * @throws StoreUnavailable if the database does not answer in time
   */
  public RowSet<Row> query(String sql, Object... values) {
    return reaching(() -> Waiting.on(pool.preparedQuery(sql).execute(Tuple.wrap(values))));
  }

  private void publish() {
    try {
      settleDoubts();
      outbox.publish();
    } catch (StoreUnavailable e) {
      publishLater(e);
    } catch (RuntimeException e) {
      LOG.error("publishing failed; what was committed stays committed", e);
      publishLater(e);
    }
  }

  private void publishLater(RuntimeException cause) {
    if (later.compareAndSet(false, true)) {
      LOG.warn("events are told later, next try in {}: {}", PUBLISH_AGAIN, cause.getMessage());
      context
          .scheduler()
          .after(
              PUBLISH_AGAIN,
              () -> {
                later.set(false);
                publish();
              });
    }
  }

  /** Events of such a transaction are held until here: whoever hears them may ask the cache. */
  private void settleDoubts() {
    for (Doubt doubt = doubts.poll(); doubt != null; doubt = doubts.poll()) {
      try {
        doubt.reader().run();
        outbox.release(doubt.transaction());
      } catch (RuntimeException e) {
        doubts.add(doubt);
        throw e;
      }
    }
  }

  private <T> T reaching(Supplier<T> attempt) {
    try {
      T result = attempt.get();
      if (away) {
        away = false;
        context.health().report(HEALTH, Health.Status.UP, "");
      }
      return result;
    } catch (StoreUnavailable e) {
      away = true;
      context.health().report(HEALTH, Health.Status.DOWN, e.getMessage());
      throw e;
    }
  }

  /** Closes the connections; what is untold is told after the next start. */
  @Override
  public void close() {
    ready.close();
    audit.close();
    Waiting.on(pool.close());
  }
}
