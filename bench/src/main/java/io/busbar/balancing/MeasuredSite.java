package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.apply.Order;
import io.busbar.balancing.decide.ConnectorRating;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A site whose cycles are measured, from the snapshot to the last set-point. A vehicle charges at
 * every connector. Between cycles, which is not measured, ten seconds pass, every device is read,
 * and every device confirms what it was sent.
 *
 * <p>It stands in the package of what it measures, which is nobody else's business.
 */
public final class MeasuredSite {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** By this much draws differ from one cycle to the next, when they do. */
  private static final int RANGE_WATTS = 90;

  private final Site site;
  private final TopologySnapshot topology;
  private final boolean changing;
  private final List<Order> pending = new ArrayList<>();
  private List<NodeAllocation> nodes = List.of();
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private int count;

  /**
   * @param changing whether all vehicles draw a little less or more each time
   */
  public MeasuredSite(TopologySnapshot topology, boolean changing) {
    this.topology = topology;
    this.changing = changing;
    this.site = new Site(topology, BalancingConfig.from(new JsonObject()), now);
  }

  /** Lets every device confirm what it was sent, time pass, and every device be read. */
  public void prepare() {
    confirm();
    now = now.plus(PERIOD);
    count++;
    List<Reading> readings = new ArrayList<>();
    for (ConnectorRating connector : site.tree().connectors()) {
      readings.add(reading(connector));
    }
    topology.meters().forEach(meter -> readings.add(power(meter.nodeId())));
    site.take(new Readings(topology.microgrid().microgridId(), "bench", readings), now);
  }

  private Reading reading(ConnectorRating connector) {
    return new Reading(
        connector.nodeId(),
        now,
        OptionalInt.of(draw(connector)),
        OptionalLong.empty(),
        List.of(),
        Optional.of(VehicleState.CHARGING),
        OptionalInt.of(allowed(connector)));
  }

  /** What everything below a meter draws, and no building beside it. */
  private Reading power(UUID nodeId) {
    int node = site.tree().number(nodeId).orElseThrow();
    int sum =
        site.tree().connectors().stream()
            .filter(connector -> site.tree().isWithin(node, connector.node()))
            .mapToInt(this::draw)
            .sum();
    return Reading.ofPower(nodeId, now, sum);
  }

  private int draw(ConnectorRating connector) {
    int less = changing ? (count + connector.number()) % RANGE_WATTS : 0;
    return Math.max(0, allowed(connector) - less);
  }

  private int allowed(ConnectorRating connector) {
    return count == 1 ? 0 : site.ledger().book(connector.number()).confirmed();
  }

  /**
   * One cycle: freeze, decide, report, plan, and take all orders that may go out.
   *
   * @return what depends on all of it
   */
  public double cycle() {
    Cycle cycle = site.run(CycleCause.SCHEDULE, now, now.plus(PERIOD));
    double sum = cycle.result().allocationSummary().allocatedWatts();
    Ledger ledger = site.ledger();
    for (Optional<Order> order = ledger.next(now); order.isPresent(); order = ledger.next(now)) {
      pending.add(order.get());
      sum += order.get().watts();
    }
    nodes = cycle.result().allocationSummary().byNode();
    return sum;
  }

  /** What the last cycle says of every node. */
  public List<NodeAllocation> nodes() {
    return nodes;
  }

  private void confirm() {
    Ledger ledger = site.ledger();
    for (Order order : pending) {
      ledger.confirmed(order.connector(), order.watts(), now);
    }
    pending.clear();
    for (Optional<Order> order = ledger.next(now); order.isPresent(); order = ledger.next(now)) {
      ledger.confirmed(order.get().connector(), order.get().watts(), now);
    }
  }
}
