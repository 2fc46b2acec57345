package io.busbar.balancing.apply;

import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Load;
import io.busbar.balancing.decide.Room;
import io.busbar.balancing.decide.SiteTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * The books of a site: what all its devices may be allowing at this instant, summed up for every
 * node, and which set-point may go out next. One that allows no more than the device is known to
 * allow always may; one that allows more only when everything booked above it has room for that.
 *
 * <p>Use: {@link #plan}; then send what {@link #next} gives until it gives nothing; tell what came
 * of each, and ask {@code next} again.
 */
public final class Ledger {

  private final SiteTree tree;
  private final ApplyRules rules;
  private final Book[] books;
  private final int[] booked;
  private final Load sums;
  private final int[] planned;
  private final boolean[] queued;
  private final Deque<Integer> harmless = new ArrayDeque<>();
  private final Deque<Integer> raises = new ArrayDeque<>();

  private final Patience patience;

  /** How many of the raises have not been looked at since something was released. */
  private int unseen;

  private Room room;
  private Instant nextChance = Instant.MIN;

  /** Opens the books of a tree; every device may be allowing all it can until it was heard. */
  public Ledger(SiteTree tree, ApplyRules rules, Instant now) {
    this(tree, rules, null, now, Duration.ZERO);
  }

  /**
   * Goes on with the books of another version of the tree.
   *
   * @param former the books so far; null to open new ones
   * @param underWay for how long set-points that somebody sent before may still be under way
   */
  public Ledger(SiteTree tree, ApplyRules rules, Ledger former, Instant now, Duration underWay) {
    this.tree = tree;
    this.rules = rules;
    int connectors = tree.connectors().size();
    this.books = new Book[connectors];
    this.booked = new int[connectors];
    this.planned = new int[connectors];
    this.queued = new boolean[connectors];
    this.patience = new Patience(tree);
    this.sums = new Load(tree);
    this.room = Room.endless(tree.size());
    Arrays.fill(planned, Decision.NO_TARGET);
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      Book known = former == null ? null : former.find(connector);
      books[i] = known == null ? new Book(connector, rules, now.plus(underWay)) : known;
      books[i].rerate(connector);
      rebook(i);
    }
  }

  private Book find(ConnectorRating connector) {
    return tree.number(connector.nodeId()).stream()
        .map(tree::connectorAt)
        .filter(number -> number >= 0)
        .mapToObj(number -> books[number])
        .findFirst()
        .orElse(null);
  }

  /** What is known of one device. */
  public Book book(int connector) {
    return books[connector];
  }

  /** Most that one device may be allowing, in watts. */
  public int booked(int connector) {
    return booked[connector];
  }

  /** Most that all devices at and below a node may be allowing, in watts. */
  public long bookedBelow(int node) {
    return sums.watts(node);
  }

  /** Whether devices at and below a node may be allowing more than there is room for. */
  public boolean exceeds(int node, Room there) {
    return sums.exceeds(node, there);
  }

  /**
   * Takes a new decision.
   *
   * @param targets by connector: its set-point, or {@link Decision#NO_TARGET}
   * @param newRoom what set-points below every node may add up to
   * @param until when the books are looked at again at the latest
   */
  public void plan(int[] targets, Room newRoom, Instant now, Instant until) {
    room = newRoom;
    for (int i = 0; i < targets.length; i++) {
      planned[i] = targets[i] < 0 ? targets[i] : hold(i, books[i].rating().stepBelow(targets[i]));
    }
    release(targets);
    for (int i = 0; i < planned.length; i++) {
      if (planned[i] <= books[i].least() || books[i].has(planned[i])) {
        patience.served(i);
      }
    }
    harmless.clear();
    raises.clear();
    Arrays.fill(queued, false);
    upkeep(now, until);
  }

  private int hold(int i, int target) {
    int now = books[i].confirmed();
    return books[i].isHeard() && rules.holdsBack(now, target) ? now : target;
  }

  /** Lets go what was held back below nodes that would have no room for it. */
  private void release(int[] targets) {
    Load load = new Load(tree);
    for (ConnectorRating connector : tree.connectors()) {
      load.add(connector, Math.max(0, planned[connector.number()]));
    }
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      if (planned[i] > targets[i] && isBelowTight(connector.node(), load)) {
        planned[i] = connector.stepBelow(targets[i]);
      }
    }
  }

  private boolean isBelowTight(int node, Load load) {
    for (int at = node; at >= 0; at = tree.parent(at)) {
      if (load.exceeds(at, room)) {
        return true;
      }
    }
    return false;
  }

  /** Time has passed: repeats what devices would forget, and tries again what did not arrive. */
  public void upkeep(Instant now, Instant until) {
    nextChance = until;
    settle(now);
    unseen = raises.size();
    for (int i = 0; i < books.length; i++) {
      offer(i, now);
    }
  }

  /** Time has passed: vehicles have followed, watchdogs have run out. */
  public void settle(Instant now) {
    for (int i = 0; i < books.length; i++) {
      books[i].tick(now);
      rebook(i);
    }
  }

  /** The next set-point to be sent, which is booked by this; empty when nothing may go out now. */
  public Optional<Order> next(Instant now) {
    while (!harmless.isEmpty()) {
      int i = harmless.poll();
      queued[i] = false;
      if (books[i].isFree(now) && planned[i] <= books[i].least()) {
        return order(i, planned[i], now);
      }
      offer(i, now);
    }
    for (; unseen > 0; unseen--) {
      int i = raises.poll();
      queued[i] = false;
      if (!books[i].isFree(now)) {
        unseen = patience.stepAside(i) ? raises.size() + 1 : unseen;
        continue;
      }
      int full = full(i);
      if (full == Load.NOWHERE && !patience.isHeldUp(i)) {
        unseen = patience.served(i) ? raises.size() : unseen - 1;
        return order(i, planned[i], now);
      }
      if (full != Load.NOWHERE) {
        patience.waits(i, full, now);
      }
      if (books[i].isDoubtful() || books[i].needsRefresh(nextChance)) {
        unseen--;
        return order(i, books[i].least(), now);
      }
      raises.add(i);
      queued[i] = true;
    }
    return Optional.empty();
  }

  private Optional<Order> order(int i, int watts, Instant now) {
    books[i].ask(watts, now);
    rebook(i);
    return Optional.of(new Order(i, watts));
  }

  /**
   * Where there is no room for what is planned, if anywhere. What a device may be allowing anyway
   * takes no more room; but where there is too little already, it is not to begin to.
   */
  private int full(int i) {
    int more = Math.max(0, planned[i] - booked[i]);
    return planned[i] <= books[i].least() ? Load.NOWHERE : sums.full(books[i].rating(), more, room);
  }

  /** The device has taken a set-point. */
  public void confirmed(int connector, int watts, Instant now) {
    books[connector].confirm(watts, now);
    rebook(connector);
    if (!books[connector].has(planned[connector])) {
      offer(connector, now);
    }
  }

  /** The device has refused a set-point; the first time it is asked again at once. */
  public void refused(int connector, Instant now) {
    books[connector].refuse(now);
    rebook(connector);
    offer(connector, now);
  }

  /** Nothing was heard of a set-point that was sent. */
  public void lost(int connector, Instant now) {
    books[connector].lose(now);
    rebook(connector);
  }

  /**
   * The device said what its set-point is; adopted, and corrected when it is not what it should.
   */
  public void readBack(int connector, int watts, Instant at, Instant now) {
    books[connector].readBack(watts, at, now);
    rebook(connector);
    offer(connector, now);
  }

  /** The power of a connector was read. */
  public void power(int connector, int watts, Instant at) {
    if (books[connector].isSettling()) {
      books[connector].power(watts, at);
      rebook(connector);
    }
  }

  /** Telemetry of a device has stopped, or is back. */
  public void unanswering(int connector, boolean value) {
    books[connector].unanswering(value);
    rebook(connector);
  }

  /** When a vehicle will have followed a decrease that a raise waits for. */
  public Optional<Instant> wakeAt() {
    Instant earliest = null;
    for (Book book : raises.isEmpty() ? new Book[0] : books) {
      if (book.isSettling() && (earliest == null || book.settlesAt().isBefore(earliest))) {
        earliest = book.settlesAt();
      }
    }
    return Optional.ofNullable(earliest);
  }

  /**
   * The clock was set.
   *
   * @param by how far it jumped
   * @param confused until when there may be readings of before
   */
  public void shift(Duration by, Instant confused) {
    for (Book book : books) {
      book.shift(by, confused);
    }
    nextChance = nextChance.equals(Instant.MIN) ? nextChance : nextChance.plus(by);
  }

  private void offer(int i, Instant now) {
    if (queued[i] || planned[i] == Decision.NO_TARGET || !books[i].isFree(now)) {
      return;
    }
    if (books[i].has(planned[i]) && !books[i].needsRefresh(nextChance)) {
      return;
    }
    queued[i] = true;
    if (planned[i] <= books[i].least()) {
      harmless.add(i);
    } else {
      raises.add(i);
      unseen = raises.size();
    }
  }

  private void rebook(int i) {
    int change = books[i].booked() - booked[i];
    if (change == 0) {
      return;
    }
    booked[i] += change;
    sums.add(books[i].rating(), change);
    if (change < 0) {
      unseen = raises.size();
    }
  }
}
