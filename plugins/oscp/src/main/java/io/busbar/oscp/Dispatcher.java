package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.Outgoing.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers kept messages of one connection, each queue in order: the next goes out when the one
 * before it was delivered or can never be.
 */
final class Dispatcher {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Link link;
  private final Partner partner;
  private final Map<Queue, Line> lines = new EnumMap<>(Queue.class);
  private volatile long delivered;

  private static final class Line {
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private boolean busy;
    private Duration wait = FIRST_WAIT;
  }

  Dispatcher(Link link, Partner partner) {
    this.link = link;
    this.partner = partner;
    for (Queue queue : Queue.values()) {
      lines.put(queue, new Line());
    }
    link.beside(this::ended);
    link.listen((before, after) -> entered(after));
  }

  /** Takes what is stored and not known yet. */
  synchronized void load(List<Outgoing> stored) {
    for (Outgoing message : stored) {
      Deque<Outgoing> waiting = lines.get(message.queue()).waiting;
      if (waiting.stream().noneMatch(known -> known.requestId().equals(message.requestId()))) {
        waiting.add(message);
      }
    }
  }

  void open() {
    for (Queue queue : Queue.values()) {
      next(queue);
    }
  }

  private void entered(ConnectionStage stage) {
    switch (stage) {
      case ONLINE -> {
        for (Queue queue : Queue.values()) {
          lines.get(queue).wait = FIRST_WAIT;
          if (!lines.get(queue).busy) {
            next(queue);
          }
        }
      }
      case DEREGISTERED -> forgetAll();
      default -> {
        // what waits goes on waiting
      }
    }
  }

  private List<Change> ended(ConnectionStage stage) {
    return stage == ConnectionStage.DEREGISTERED
        ? lines.values().stream()
            .flatMap(line -> line.waiting.stream())
            .<Change>map(Change.Drop::new)
            .toList()
        : List.of();
  }

  private synchronized void forgetAll() {
    lines.values().forEach(line -> line.waiting.clear());
  }

  long delivered() {
    return delivered;
  }

  synchronized int size() {
    return lines.values().stream().mapToInt(line -> line.waiting.size()).sum();
  }

  synchronized Optional<Instant> oldest() {
    return lines.values().stream()
        .flatMap(line -> line.waiting.stream())
        .map(Outgoing::createdAt)
        .min(Instant::compareTo);
  }

  /** Takes over a message that was just stored. */
  void add(Outgoing message) {
    synchronized (this) {
      lines.get(message.queue()).waiting.add(message);
    }
    Line line = lines.get(message.queue());
    if (!line.busy && !link.alarms().isSet(alarm(message.queue()))) {
      next(message.queue());
    }
  }

  private static String alarm(Queue queue) {
    return "send " + queue;
  }

  private boolean maySend() {
    return link.stage() == ConnectionStage.ONLINE || link.stage() == ConnectionStage.OFFLINE;
  }

  private void next(Queue queue) {
    Line line = lines.get(queue);
    link.alarms().clear(alarm(queue));
    dropOld(line);
    Outgoing head = line.waiting.peek();
    if (head == null || line.busy || !maySend()) {
      return;
    }
    if (link.state().progress().switchedOff().contains(head.action().path())) {
      drop(line, head, List.of());
      next(queue);
      return;
    }
    line.busy = true;
    partner.send(
        head.action(),
        "POST",
        head.requestId(),
        head.correlationId(),
        head.body(),
        verdict -> sent(queue, head, verdict));
  }

  private void dropOld(Line line) {
    Instant limit = link.now().minus(link.profile().metering().backlog());
    while (!line.waiting.isEmpty() && line.waiting.peek().createdAt().isBefore(limit)) {
      Outgoing old = line.waiting.peek();
      drop(line, old, List.of(link.told("MESSAGE_DROPPED", old.label() + ": too old")));
    }
  }

  /** What the partner never gets it does not answer either. */
  private void drop(Line line, Outgoing message, List<Change> beside) {
    LinkState state = link.state();
    remove(line, message, state.with(state.progress().closed(message.requestId())), beside);
  }

  private void remove(Line line, Outgoing message, LinkState next, List<Change> beside) {
    List<Change> changes = new ArrayList<>(beside);
    changes.add(new Change.Drop(message));
    link.commit(next, changes);
    synchronized (this) {
      line.waiting.remove(message);
    }
  }

  private void sent(Queue queue, Outgoing message, Verdict verdict) {
    Line line = lines.get(queue);
    line.busy = false;
    if (line.waiting.peek() != message) {
      next(queue);
      return;
    }
    switch (verdict.kind()) {
      case DELIVERED -> {
        delivered++;
        line.wait = FIRST_WAIT;
        remove(line, message, link.state(), List.of());
        goOn(queue, line);
      }
      case REFUSED -> refused(queue, line, message, verdict);
      case UNSUPPORTED -> {
        link.commit(
            link.state().with(link.state().progress().without(message.action())),
            List.of(
                link.told(
                    "SWITCHED_OFF",
                    "the partner does not take %s; none are sent any more"
                        .formatted(message.action().path()))));
        next(queue);
      }
      default -> again(queue, line, verdict);
    }
  }

  /** While offline a partner may refuse what it takes later. */
  private void refused(Queue queue, Line line, Outgoing message, Verdict verdict) {
    if (link.stage() != ConnectionStage.ONLINE && verdict.status() == 403) {
      again(queue, line, verdict);
      return;
    }
    String what =
        "%s: refused with %d %s".formatted(message.label(), verdict.status(), verdict.message());
    drop(line, message, List.of(link.told("MESSAGE_DROPPED", what)));
    goOn(queue, line);
  }

  /** Not faster than the partner may want, while there is a backlog. */
  private void goOn(Queue queue, Line line) {
    if (!line.waiting.isEmpty()) {
      link.alarms().set(alarm(queue), link.profile().metering().pause(), () -> next(queue));
    }
  }

  private void again(Queue queue, Line line, Verdict verdict) {
    Duration wait = verdict.retryAfter().orElse(line.wait);
    Duration twice = line.wait.multipliedBy(2);
    line.wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    link.alarms().set(alarm(queue), wait, () -> next(queue));
  }
}
