package io.busbar.balancing.safety;

import io.busbar.balancing.safety.Plan.Branch;
import io.busbar.balancing.safety.Plan.DeviceFacts;
import io.busbar.balancing.safety.Plan.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes a plan with a counter-example smaller as long as it keeps coming to the same kind of
 * counter-example: leaves out events, many at once first, then chargers, then circuits.
 */
final class Shrinker {

  private final Function<Plan, Optional<Counterexample>> play;
  private Plan smallest;
  private Counterexample found;

  Shrinker(Function<Plan, Optional<Counterexample>> play, Plan plan, Counterexample found) {
    this.play = play;
    this.smallest = plan;
    this.found = found;
  }

  /** Plays smaller and smaller plans until none fails any more. */
  Plan shrink() {
    int before;
    do {
      before = size();
      dropEvents();
      dropDevices();
      dropBranches();
      dropAggregate();
    } while (size() < before);
    return smallest;
  }

  /** What the smallest plan came to. */
  Counterexample found() {
    return found;
  }

  private int size() {
    return smallest.events().size() + smallest.devices().size() + smallest.branches().size();
  }

  private boolean take(Plan smaller) {
    Optional<Counterexample> its =
        play.apply(smaller).filter(other -> other.kind().equals(found.kind()));
    its.ifPresent(
        other -> {
          smallest = smaller;
          found = other;
        });
    return its.isPresent();
  }

  private void dropEvents() {
    for (int many = Math.max(1, smallest.events().size() / 2); many > 0; many /= 2) {
      for (int from = 0; from < smallest.events().size(); ) {
        List<Event> fewer = new ArrayList<>(smallest.events());
        fewer.subList(from, Math.min(from + many, fewer.size())).clear();
        from += take(with(smallest.branches(), smallest.devices(), fewer)) ? 0 : many;
      }
    }
  }

  private void dropDevices() {
    for (int i = smallest.devices().size() - 1; i >= 0 && smallest.devices().size() > 1; i--) {
      List<DeviceFacts> fewer = new ArrayList<>(smallest.devices());
      fewer.remove(i);
      take(with(smallest.branches(), fewer, known(fewer, smallest.branches())));
    }
  }

  /** Circuits at the end of the tree go, and what hangs from them hangs from their parent then. */
  private void dropBranches() {
    for (int i = smallest.branches().size() - 1; i > 0; i--) {
      int gone = i;
      int parent = smallest.branches().get(gone).parent();
      List<Branch> fewer = new ArrayList<>(smallest.branches());
      fewer.remove(gone);
      fewer.replaceAll(branch -> hung(branch, moved(branch.parent(), gone, parent)));
      List<DeviceFacts> devices =
          smallest.devices().stream()
              .map(device -> hung(device, moved(device.branch(), gone, parent)))
              .toList();
      take(with(fewer, devices, known(devices, fewer)));
    }
  }

  private static int moved(int branch, int gone, int parent) {
    int now = branch == gone ? parent : branch;
    return now > gone ? now - 1 : now;
  }

  private static Branch hung(Branch branch, int parent) {
    return new Branch(branch.name(), parent, branch.watts(), branch.amps(), branch.metered());
  }

  private static DeviceFacts hung(DeviceFacts device, int branch) {
    return new DeviceFacts(
        device.name(),
        branch,
        device.phases(),
        device.stepAmps(),
        device.failSafeAmps(),
        device.watchdogSeconds(),
        device.delay(),
        device.readEvery());
  }

  private void dropAggregate() {
    Plan.Settings old = smallest.settings();
    if (old.aggregateWatts() > 0) {
      Plan.Settings none =
          new Plan.Settings(
              old.strategy(), old.granularity(), old.cycleSeconds(), old.minOnSeconds(), 0);
      take(
          new Plan(
              smallest.seed(),
              none,
              smallest.branches(),
              smallest.devices(),
              smallest.events(),
              smallest.quietFrom()));
    }
  }

  private Plan with(List<Branch> branches, List<DeviceFacts> devices, List<Event> events) {
    return new Plan(
        smallest.seed(), smallest.settings(), branches, devices, events, smallest.quietFrom());
  }

  /** Events at what is still there. */
  private List<Event> known(List<DeviceFacts> devices, List<Branch> branches) {
    Set<String> names = new HashSet<>(Set.of(""));
    Stream.concat(devices.stream().map(DeviceFacts::name), branches.stream().map(Branch::name))
        .forEach(names::add);
    return smallest.events().stream().filter(event -> names.contains(subject(event))).toList();
  }

  private static String subject(Event event) {
    return switch (event) {
      case Event.Plugs it -> it.device();
      case Event.Troubles it -> it.device();
      case Event.Reboots it -> it.device();
      case Event.Limits it -> it.branch();
      case Event.Loads it -> it.branch();
      case Event.Lies it -> it.branch();
      case Event.Jumps it -> "";
      case Event.Restarts it -> "";
      case Event.Chooses it -> "";
    };
  }
}
