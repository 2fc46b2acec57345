package io.busbar.kernel.bus;

import io.busbar.api.Registration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Registrations with a common end. Nothing can be registered after it. */
public final class Leases implements AutoCloseable {

  private final Set<Registration> held = new LinkedHashSet<>();
  private boolean ended;

  /**
   * Makes a registration that ends with the others, or earlier by itself.
   *
   * @throws IllegalStateException if the end has come; nothing is registered then
   */
  public Registration hold(Supplier<Registration> making) {
    refuseAfterEnd();
    Registration registration = making.get();
    synchronized (held) {
      if (!ended) {
        held.add(registration);
        return () -> release(registration);
      }
    }
    registration.close();
    throw stopped();
  }

  private void refuseAfterEnd() {
    synchronized (held) {
      if (ended) {
        throw stopped();
      }
    }
  }

  private static IllegalStateException stopped() {
    return new IllegalStateException("this plugin was stopped; nothing can be registered");
  }

  private void release(Registration registration) {
    synchronized (held) {
      if (!held.remove(registration)) {
        return;
      }
    }
    registration.close();
  }

  /** Ends all that are left. */
  @Override
  public void close() {
    List<Registration> left;
    synchronized (held) {
      ended = true;
      left = new ArrayList<>(held);
      held.clear();
    }
    left.reversed().forEach(Registration::close);
  }
}
