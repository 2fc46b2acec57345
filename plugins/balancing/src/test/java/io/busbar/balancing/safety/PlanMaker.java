package io.busbar.balancing.safety;

import static io.busbar.balancing.SiteSketch.MAX;
import static io.busbar.balancing.SiteSketch.MIN;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.balancing.safety.Plan.Branch;
import io.busbar.balancing.safety.Plan.DeviceFacts;
import io.busbar.balancing.safety.Plan.Event;
import io.busbar.balancing.safety.Plan.Settings;
import io.busbar.balancing.safety.Plan.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Makes plans from seeds. As at import, what devices allow by themselves fits every limit. */
final class PlanMaker {

  private static final int MOST_EVENTS = 24;
  private static final int[] CYCLES = {2, 5, 10, 10};
  private static final int[] MINIMUM_TIMES = {0, 10, 900, 900};
  private static final int[] WATCHDOGS = {8, 20, 60};

  private final long seed;
  private final SplittableRandom random;
  private final List<Branch> branches = new ArrayList<>();
  private final List<DeviceFacts> devices = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  private PlanMaker(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  static Plan of(long seed) {
    return new PlanMaker(seed).make();
  }

  private Plan make() {
    int circuits = random.nextInt(5);
    int[] parents = new int[1 + circuits];
    parents[0] = -1;
    for (int i = 1; i < parents.length; i++) {
      parents[i] = random.nextInt(i);
    }
    int chargers = 1 + random.nextInt(8);
    for (int i = 0; i < chargers; i++) {
      devices.add(device("d" + i, random.nextInt(parents.length)));
    }
    for (int i = 0; i < parents.length; i++) {
      String name = i == 0 ? "grid" : "c" + i;
      int amps = i == 0 || random.nextInt(3) > 0 ? 0 : amps(i, parents);
      branches.add(new Branch(name, parents[i], watts(i, parents), amps, random.nextInt(3) == 0));
    }
    Settings settings = settings(parents);
    long length = 20_000 + random.nextInt(120_000);
    for (DeviceFacts device : devices) {
      events.add(new Event.Plugs(random.nextLong(length / 2), device.name(), true));
    }
    int more = 1 + random.nextInt(MOST_EVENTS);
    for (int i = 0; i < more; i++) {
      events.add(event(random.nextLong(length), parents));
    }
    events.sort(Comparator.comparingLong(Event::at));
    return new Plan(seed, settings, branches, devices, events, quietFrom(length));
  }

  private long quietFrom(long length) {
    long end = length;
    for (Event event : events) {
      long over =
          switch (event) {
            case Event.Troubles it -> it.at() + it.lasting();
            case Event.Reboots it -> it.at() + it.lasting();
            case Event.Lies it -> it.at() + it.lasting();
            case Event.Restarts it -> it.at() + it.down();
            default -> event.at();
          };
      end = Math.max(end, over);
    }
    return end;
  }

  private Settings settings(int[] parents) {
    return new Settings(
        pick(Strategy.values()),
        pick(Granularity.values()),
        CYCLES[random.nextInt(CYCLES.length)],
        MINIMUM_TIMES[random.nextInt(MINIMUM_TIMES.length)],
        random.nextInt(3) == 0 ? watts(0, parents) : 0);
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private DeviceFacts device(String name, int branch) {
    return new DeviceFacts(
        name,
        branch,
        pick(Phases.values()),
        random.nextInt(2),
        random.nextInt(3) == 0 ? 6 : 0,
        WATCHDOGS[random.nextInt(WATCHDOGS.length)],
        20 + random.nextInt(random.nextInt(4) == 0 ? 4_000 : 800),
        1_000 * (1 + random.nextInt(3)));
  }

  private boolean isWithin(int branch, int top, int[] parents) {
    for (int at = branch; at >= 0; at = parents[at]) {
      if (at == top) {
        return true;
      }
    }
    return false;
  }

  private int count(int branch, int[] parents, boolean failSafeOnly) {
    return (int)
        devices.stream()
            .filter(device -> isWithin(device.branch(), branch, parents))
            .filter(device -> !failSafeOnly || device.failSafeAmps() > 0)
            .count();
  }

  private int watts(int branch, int[] parents) {
    int least = count(branch, parents, true) * MIN;
    int most = Math.max(1, count(branch, parents, false)) * MAX;
    return least + random.nextInt(most - least / 2);
  }

  private int amps(int branch, int[] parents) {
    int least = count(branch, parents, true) * 6;
    return least + random.nextInt(1, Math.max(1, count(branch, parents, false)) * 32);
  }

  private Event event(long at, int[] parents) {
    int branch = random.nextInt(branches.size());
    String name = branches.get(branch).name();
    String device = devices.get(random.nextInt(devices.size())).name();
    return switch (random.nextInt(16)) {
      case 0 -> new Event.Plugs(at, device, random.nextBoolean());
      case 1, 2 -> new Event.Reboots(at, device, random.nextInt(20_000));
      case 3, 4, 5 -> limits(at, branch, parents);
      case 6 -> new Event.Loads(at, name, random.nextInt(8_000));
      case 7 -> new Event.Lies(at, name, random.nextInt(20_000) - 5_000, random.nextInt(60_000));
      case 8 -> new Event.Jumps(at, jump());
      case 9, 10 -> new Event.Restarts(at, 100 + random.nextInt(random.nextInt(3) * 40_000 + 1));
      case 11 -> new Event.Chooses(at, pick(Strategy.values()), pick(Granularity.values()));
      default ->
          new Event.Troubles(at, device, pick(Trouble.values()), 1_000 + random.nextInt(50_000));
    };
  }

  private Event limits(long at, int branch, int[] parents) {
    if (branch == 0 && random.nextBoolean()) {
      return new Event.Limits(at, "", watts(0, parents), 0);
    }
    Branch old = branches.get(branch);
    int amps = old.amps() == 0 || random.nextBoolean() ? old.amps() : amps(branch, parents);
    return new Event.Limits(at, old.name(), watts(branch, parents), amps);
  }

  private int jump() {
    int size = random.nextInt(3) == 0 ? 5_000 : 40;
    return random.nextInt(-size, size);
  }
}
