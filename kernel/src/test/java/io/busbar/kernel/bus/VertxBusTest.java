package io.busbar.kernel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.busbar.api.BusException;
import io.busbar.api.BusException.Kind;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.busbar.api.kernel.MetricsQuery;
import io.busbar.api.kernel.MetricsText;
import io.busbar.testkit.RecordingMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VertxBusTest {

  private static final Request<MetricsQuery, MetricsText> ECHO =
      Request.of("test.echo.v1", MetricsQuery.class, MetricsText.class);
  private static final Topic<MetricsText> NEWS = Topic.of("test.news.v1", MetricsText.class);
  private static final Duration SOON = Duration.ofMillis(50);

  private final Vertx vertx = Vertx.vertx();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final VertxBus bus = new VertxBus(vertx, metrics);

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private BusException failure(Future<?> future) {
    Throwable thrown = catchThrowable(() -> await(future));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    return (BusException) thrown.getCause();
  }

  @Test
  void theSameInstanceArrivesThatWasSent() throws Exception {
    MetricsText answer = new MetricsText("a");
    bus.answer(ECHO, query -> answer);
    assertThat(await(bus.ask(ECHO, new MetricsQuery()))).isSameAs(answer);
  }

  @Test
  void anAnswerMayComeLater() throws Exception {
    Promise<MetricsText> later = Promise.promise();
    bus.answerLater(ECHO, query -> later.future());
    Future<MetricsText> reply = bus.ask(ECHO, new MetricsQuery());
    assertThat(reply.isComplete()).isFalse();
    later.complete(new MetricsText("at last"));
    assertThat(await(reply).text()).isEqualTo("at last");
  }

  @Test
  void eachWayOfGettingNoReplyHasItsKind() {
    assertThat(failure(bus.ask(ECHO, new MetricsQuery())).kind()).isEqualTo(Kind.NO_ANSWERER);
    Registration silent = bus.answerLater(ECHO, query -> Promise.<MetricsText>promise().future());
    assertThat(failure(bus.ask(ECHO, new MetricsQuery(), SOON)).kind()).isEqualTo(Kind.TIMEOUT);
    silent.close();
    bus.answer(
        ECHO,
        query -> {
          throw new IllegalStateException("broken");
        });
    BusException fault = failure(bus.ask(ECHO, new MetricsQuery()));
    assertThat(fault.kind()).isEqualTo(Kind.FAULT);
    assertThat(fault).hasMessageContaining("test.echo.v1").hasMessageContaining("broken");
    assertThat(metrics.count("bus_handler_faults")).isEqualTo(1);
    assertThat(metrics.count("bus_unanswered")).isEqualTo(2);
  }

  @Test
  void anAddressHasOneAnswererPerKey() throws Exception {
    Registration first = bus.answer(ECHO.at("a"), query -> new MetricsText("a"));
    bus.answer(ECHO.at("b"), query -> new MetricsText("b"));
    assertThatThrownBy(() -> bus.answer(ECHO.at("a"), query -> new MetricsText("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("test.echo.v1@a has an answerer already");
    assertThat(await(bus.ask(ECHO.at("b"), new MetricsQuery())).text()).isEqualTo("b");
    first.close();
    bus.answer(ECHO.at("a"), query -> new MetricsText("second"));
    first.close();
    assertThat(await(bus.ask(ECHO.at("a"), new MetricsQuery())).text())
        .as("closing twice must not take the successor away")
        .isEqualTo("second");
    assertThatThrownBy(() -> bus.answer(ECHO.at("a"), query -> new MetricsText("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListenerOfTheWholeTopicHearsEveryKeyAndOneOfAKeyOnlyThat() {
    List<String> all = new CopyOnWriteArrayList<>();
    List<String> one = new CopyOnWriteArrayList<>();
    bus.hear(NEWS, event -> all.add(event.text()));
    bus.hear(NEWS.at("a"), event -> one.add(event.text()));
    bus.tell(NEWS.at("a"), new MetricsText("for a"));
    bus.tell(NEWS.at("b"), new MetricsText("for b"));
    bus.tell(NEWS, new MetricsText("for all"));
    Awaitility.await().until(() -> all.size() == 3 && one.size() == 1);
    assertThat(all).containsExactly("for a", "for b", "for all");
    assertThat(one).containsExactly("for a");
  }

  @Test
  void aListenerHearsTheEventsOfOneTellerInOrder() {
    List<Integer> heard = new CopyOnWriteArrayList<>();
    bus.hear(NEWS, event -> heard.add(Integer.valueOf(event.text())));
    IntStream.range(0, 1000).forEach(n -> bus.tell(NEWS, new MetricsText("" + n)));
    Awaitility.await().until(() -> heard.size() == 1000);
    assertThat(heard).isSorted();
  }

  @Test
  void aListenerThatThrowsIsCountedAndDisturbsNobody() {
    List<String> heard = new CopyOnWriteArrayList<>();
    bus.hear(
        NEWS,
        event -> {
          throw new AssertionError("even an error");
        });
    bus.hear(NEWS, event -> heard.add(event.text()));
    bus.tell(NEWS, new MetricsText("1"));
    bus.tell(NEWS, new MetricsText("2"));
    Awaitility.await().until(() -> heard.size() == 2);
    Awaitility.await().until(() -> metrics.count("bus_handler_faults") == 2);
  }
}
