package io.busbar.bench;

import io.busbar.api.Bus;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.AbstractVerticle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many sites and what stands on them, as light as can be: answers for their trees and for every
 * device, and tells readings of every site, one after the other round the clock. A vehicle at every
 * connector takes what it is allowed, up to a limit of its own that differs from reading to
 * reading; beside them a building draws a load that wanders.
 */
final class Fleet extends AbstractVerticle {

  private static final int TICK_MILLIS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Bus bus;
  private final List<Lot> lots = new ArrayList<>();
  private final long perTick;
  private final long of;
  private final AtomicLong cpuNanos = new AtomicLong();
  private final AtomicLong readings = new AtomicLong();
  private final AtomicLong setPoints = new AtomicLong();
  private long told;
  private long due;

  /**
   * A fleet of depots alike.
   *
   * @param every how often each site is read
   */
  Fleet(Bus bus, int sites, int connectors, Duration every) {
    this.bus = bus;
    this.perTick = (long) sites * TICK_MILLIS;
    this.of = every.toMillis();
    Depot depot = new Depot(connectors, 0.6);
    for (int site = 0; site < sites; site++) {
      lots.add(new Lot(DepotSite.of(depot, DepotSite.Style.STEPS, site), site));
    }
  }

  @Override
  public void start() {
    bus.answer(TopologyAddresses.LIST_SITES, this::list);
    lots.forEach(Lot::answer);
    vertx.setPeriodic(TICK_MILLIS, tick -> read());
  }

  private SiteList list(ListSites question) {
    List<Microgrid> sites = lots.stream().map(lot -> lot.topology.microgrid()).toList();
    return new SiteList(sites);
  }

  private void read() {
    long began = THREADS.getCurrentThreadCpuTime();
    due += perTick;
    Instant now = Instant.now();
    for (; told < due / of; told++) {
      Lot lot = lots.get((int) (told % lots.size()));
      Readings read = lot.read(now);
      readings.addAndGet(read.readings().size());
      bus.tell(FieldAddresses.READINGS.at(read.microgridId()), read);
    }
    cpuNanos.addAndGet(THREADS.getCurrentThreadCpuTime() - began);
  }

  /** What making and telling the readings took. */
  long cpuNanos() {
    return cpuNanos.get();
  }

  /** Readings told so far. */
  long readings() {
    return readings.get();
  }

  /** Set-points taken so far. */
  long setPoints() {
    return setPoints.get();
  }

  /** One site. */
  private final class Lot {
    private final TopologySnapshot topology;
    private final List<MicrogridNode> connectors;
    private final int[] limitWatts;
    private final SplittableRandom random;
    private int buildingWatts = 2_000;

    Lot(TopologySnapshot topology, int seed) {
      this.topology = topology;
      this.random = new SplittableRandom(seed);
      this.connectors =
          topology.nodes().stream().filter(node -> node.nodeType() == NodeType.CONNECTOR).toList();
      this.limitWatts = new int[connectors.size()];
    }

    void answer() {
      bus.answer(
          TopologyAddresses.SNAPSHOT.at(topology.microgrid().microgridId()), question -> topology);
      for (int i = 0; i < limitWatts.length; i++) {
        int connector = i;
        bus.answer(
            FieldAddresses.SET_POINT.at(connectors.get(i).nodeId()), set -> take(connector, set));
      }
    }

    private SetPointReply take(int connector, SetPoint set) {
      setPoints.incrementAndGet();
      limitWatts[connector] = set.limitWatts();
      return new SetPointReply.Confirmed(set.limitWatts(), Instant.now());
    }

    Readings read(Instant now) {
      List<Reading> read = new ArrayList<>(limitWatts.length + 1);
      buildingWatts = Math.clamp(buildingWatts + random.nextInt(-100, 101), 0, 10_000);
      int sum = buildingWatts;
      for (int i = 0; i < limitWatts.length; i++) {
        int draw = Math.max(0, limitWatts[i] - random.nextInt(60));
        sum += draw;
        read.add(
            new Reading(
                connectors.get(i).nodeId(),
                now,
                OptionalInt.of(draw),
                OptionalLong.empty(),
                List.of(),
                Optional.of(VehicleState.CHARGING),
                OptionalInt.of(limitWatts[i])));
      }
      read.add(Reading.ofPower(topology.meters().getFirst().nodeId(), now, sum));
      return new Readings(topology.microgrid().microgridId(), "bench", read);
    }
  }
}
