package io.busbar.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.BusException;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineBusTest {

  record Ping(int n) {}

  record Pong(int n) {}

  private static final Request<Ping, Pong> PING =
      Request.of("test.ping.v1", Ping.class, Pong.class);
  private static final Topic<Ping> NEWS = Topic.of("test.news.v1", Ping.class);

  private final VirtualTime time =
      new VirtualTime(
          Instant.EPOCH,
          fault -> {
            throw new AssertionError(fault);
          });
  private final InlineBus bus = new InlineBus(time);

  @Test
  void a_question_is_answered_before_ask_returns() {
    bus.answer(PING, ping -> new Pong(ping.n() + 1));
    assertThat(bus.ask(PING, new Ping(1)).result()).isEqualTo(new Pong(2));
  }

  @Test
  void asking_where_nobody_answers_fails_and_names_the_address() {
    assertThat(bus.ask(PING.at("x"), new Ping(1)).cause())
        .isInstanceOfSatisfying(
            BusException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(BusException.Kind.NO_ANSWERER);
              assertThat(e).hasMessageContaining("test.ping.v1@x");
            });
  }

  @Test
  void an_answer_that_never_comes_times_out_in_virtual_time() {
    bus.answerLater(PING, ping -> Promise.<Pong>promise().future());
    Future<Pong> reply = bus.ask(PING, new Ping(1), Duration.ofSeconds(3));
    time.advance(Duration.ofMillis(2_999));
    assertThat(reply.isComplete()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(((BusException) reply.cause()).kind()).isEqualTo(BusException.Kind.TIMEOUT);
  }

  @Test
  void what_an_answerer_throws_is_a_fault() {
    bus.answer(
        PING,
        ping -> {
          throw new IllegalStateException("broken");
        });
    BusException fault = (BusException) bus.ask(PING, new Ping(1)).cause();
    assertThat(fault.kind()).isEqualTo(BusException.Kind.FAULT);
    assertThat(fault).hasMessageContaining("broken");
  }

  @Test
  void a_second_answerer_is_refused_until_the_first_is_gone() {
    Registration first = bus.answer(PING, ping -> new Pong(0));
    assertThatThrownBy(() -> bus.answer(PING, ping -> new Pong(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("test.ping.v1");
    first.close();
    bus.answer(PING, ping -> new Pong(1));
    assertThat(bus.ask(PING, new Ping(0)).result()).isEqualTo(new Pong(1));
  }

  @Test
  void an_unkeyed_listener_hears_every_key_and_a_keyed_one_only_its_own() {
    List<String> heard = new ArrayList<>();
    bus.hear(NEWS, ping -> heard.add("all " + ping.n()));
    bus.hear(NEWS.at("a"), ping -> heard.add("a " + ping.n()));
    bus.tell(NEWS.at("a"), new Ping(1));
    bus.tell(NEWS.at("b"), new Ping(2));
    bus.tell(NEWS, new Ping(3));
    assertThat(heard).containsExactly("all 1", "a 1", "all 2", "all 3");
  }

  @Test
  void an_event_told_by_a_listener_is_delivered_after_it_returns() {
    List<String> log = new ArrayList<>();
    bus.hear(
        NEWS,
        ping -> {
          log.add("begin " + ping.n());
          if (ping.n() < 2) {
            bus.tell(NEWS, new Ping(ping.n() + 1));
          }
          log.add("end " + ping.n());
        });
    bus.tell(NEWS, new Ping(1));
    assertThat(log).containsExactly("begin 1", "end 1", "begin 2", "end 2");
  }

  @Test
  void a_listener_that_throws_disturbs_no_other() {
    List<Integer> heard = new ArrayList<>();
    bus.hear(
        NEWS,
        ping -> {
          throw new IllegalStateException("boom");
        });
    bus.hear(NEWS, ping -> heard.add(ping.n()));
    bus.tell(NEWS, new Ping(7));
    assertThat(heard).containsExactly(7);
  }
}
