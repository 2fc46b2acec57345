package io.busbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.SetPointReply.Confirmed;
import io.busbar.api.field.SetPointReply.Refused;
import io.busbar.api.field.VehicleState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What balancing relies on in whoever speaks to chargers. A driver passes it by extending it and
 * giving a {@link Rig}: itself, running with one connector, {@code C1} of a {@link ConnectorSite},
 * and a device that does what the test says.
 */
public abstract class ChargerDriverContract {

  private static final Duration LONG = Duration.ofSeconds(45);
  private static final int WATTS = 11_040;
  private static final int ROUNDS = 4;

  /** A running driver, its device and the vehicle there. */
  public interface Rig extends AutoCloseable {

    /** What the driver was started with. */
    FakeContext context();

    /** A vehicle comes that takes so much. */
    void plug(int watts);

    void unplug();

    /** The device does not answer any more, or does again. */
    void silent(boolean value);

    /** What the vehicle really draws now, in watts. */
    double drawn();

    /** Smallest that the device can be set to when it is asked for 0; 0 for all but a few. */
    default int pauseWatts() {
      return 0;
    }

    /** What the device allows when set-points stop. */
    int fallbackWatts();

    /**
     * Lets time pass until something holds.
     *
     * @return whether it did within that time
     */
    boolean eventually(Duration within, BooleanSupplier holds);

    @Override
    void close();
  }

  @TempDir Path folder;
  private Rig rig;

  /** Starts the driver. */
  protected abstract Rig start(Path dataFolder) throws Exception;

  @BeforeEach
  void startRig() throws Exception {
    rig = start(folder);
  }

  @AfterEach
  void stopRig() {
    rig.close();
  }

  private Future<SetPointReply> ask(int watts, Instant decidedAt) {
    SetPoint setPoint =
        new SetPoint(ConnectorSite.MICROGRID, ConnectorSite.connector(1), watts, decidedAt, "test");
    return rig.context().bus().ask(FieldAddresses.SET_POINT.at(setPoint.nodeId()), setPoint);
  }

  private Instant now() {
    return rig.context().clock().instant();
  }

  private SetPointReply set(int watts) {
    return set(watts, now());
  }

  /** Asks as balancing does: again, when nothing was heard in time. */
  private SetPointReply set(int watts, Instant decidedAt) {
    Future<SetPointReply> reply = ask(watts, decidedAt);
    for (int round = 0; round < ROUNDS && !reply.succeeded(); round++) {
      eventually("an end of the question for " + watts + " W", reply::isComplete);
      reply = reply.succeeded() ? reply : ask(watts, decidedAt);
    }
    assertThat(reply.succeeded()).as("a reply to %d W", watts).isTrue();
    return reply.result();
  }

  private void eventually(String what, BooleanSupplier holds) {
    assertThat(rig.eventually(LONG, holds)).as("%s; last reading: %s", what, last()).isTrue();
  }

  private Optional<Reading> last() {
    return rig.context().bus().told(FieldAddresses.READINGS).reversed().stream()
        .map(Readings::readings)
        .flatMap(List::stream)
        .findFirst();
  }

  private boolean vehicleIs(VehicleState state) {
    return last().flatMap(Reading::vehicle).filter(state::equals).isPresent();
  }

  private boolean limitIs(int watts) {
    return last().filter(reading -> reading.limitWatts().orElse(-1) == watts).isPresent();
  }

  private void ready() {
    eventually("a first reading", () -> last().isPresent());
  }

  @Test
  public final void readings_are_of_the_connector_and_say_when_they_were_measured() {
    Instant begin = now();
    ready();

    Reading reading = last().orElseThrow();
    assertThat(reading.nodeId()).isEqualTo(ConnectorSite.connector(1));
    assertThat(reading.measuredAt()).isBetween(begin, now());
    assertThat(reading.vehicle()).contains(VehicleState.NONE);
    assertThat(reading.powerWatts()).hasValue(0);
  }

  @Test
  public final void a_limit_is_confirmed_when_the_device_has_it_and_obeyed() {
    ready();
    rig.plug(ConnectorSite.MAX_WATTS);

    SetPointReply reply = set(WATTS);

    assertThat(reply).isInstanceOf(Confirmed.class);
    int confirmed = ((Confirmed) reply).limitWatts();
    assertThat(confirmed).isBetween(WATTS - ConnectorSite.WATTS_PER_AMP, WATTS);
    eventually("the limit is read back", () -> limitIs(confirmed));
    eventually(
        "the vehicle follows",
        () -> last().filter(r -> Math.abs(r.powerWatts().orElse(0) - confirmed) < 150).isPresent());
    assertThat(rig.drawn()).isLessThanOrEqualTo(WATTS);
    eventually("it is said to charge", () -> vehicleIs(VehicleState.CHARGING));
  }

  @Test
  public final void limits_are_rounded_down_never_up() {
    ready();
    rig.plug(ConnectorSite.MAX_WATTS);
    for (int watts : new int[] {7_001, 9_999, ConnectorSite.MAX_WATTS - 1}) {
      SetPointReply reply = set(watts);
      assertThat(reply).isInstanceOf(Confirmed.class);
      assertThat(((Confirmed) reply).limitWatts()).isLessThanOrEqualTo(watts);
    }
  }

  @Test
  public final void zero_pauses_the_vehicle() {
    ready();
    rig.plug(ConnectorSite.MAX_WATTS);
    assertThat(set(WATTS)).isInstanceOf(Confirmed.class);
    eventually("it draws", () -> rig.drawn() > 0);

    SetPointReply reply = set(0);

    assertThat(reply).isInstanceOf(Confirmed.class);
    assertThat(((Confirmed) reply).limitWatts()).isEqualTo(rig.pauseWatts());
    eventually("it draws no more", () -> rig.drawn() <= rig.pauseWatts());
  }

  @Test
  public final void an_older_decision_never_replaces_a_newer_one() {
    ready();
    Instant newer = now();
    assertThat(set(WATTS, newer)).isInstanceOf(Confirmed.class);

    SetPointReply reply = set(ConnectorSite.MAX_WATTS, newer.minusMillis(1));

    assertThat(reply)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reasonCode()).isEqualTo("STALE_DECISION"));
    eventually(
        "the newer one stays", () -> last().isPresent() && !limitIs(ConnectorSite.MAX_WATTS));
  }

  @Test
  public final void a_vehicle_that_comes_and_goes_is_said() {
    ready();
    set(WATTS);
    rig.plug(ConnectorSite.MAX_WATTS);
    eventually("it is there", () -> vehicleIs(VehicleState.CHARGING));

    rig.unplug();

    eventually("it is gone", () -> vehicleIs(VehicleState.NONE));
    assertThat(last().orElseThrow().powerWatts()).hasValue(0);
  }

  @Test
  public final void energy_never_falls() {
    ready();
    set(WATTS);
    rig.plug(ConnectorSite.MAX_WATTS);
    eventually("it draws", () -> rig.drawn() > 0);
    rig.eventually(Duration.ofSeconds(3), () -> false);

    long before = Long.MIN_VALUE;
    for (Readings told : rig.context().bus().told(FieldAddresses.READINGS)) {
      for (Reading reading : told.readings()) {
        long energy = reading.energyWattHours().orElse(before);
        assertThat(energy).isGreaterThanOrEqualTo(before);
        before = energy;
      }
    }
  }

  @Test
  public final void a_silent_device_is_not_talked_for_and_comes_back_by_itself() {
    ready();
    rig.silent(true);
    rig.eventually(Duration.ofSeconds(3), () -> false);
    Instant heard = last().orElseThrow().measuredAt();
    Future<SetPointReply> reply = ask(WATTS, now());
    rig.eventually(Duration.ofSeconds(4), () -> false);

    assertThat(last().orElseThrow().measuredAt()).as("no new reading").isEqualTo(heard);
    assertThat(reply.succeeded() && reply.result() instanceof Confirmed)
        .as("nothing is confirmed")
        .isFalse();

    rig.silent(false);
    eventually("it is read again", () -> last().orElseThrow().measuredAt().isAfter(heard));
    assertThat(set(WATTS)).isInstanceOf(Confirmed.class);
  }

  @Test
  public final void when_decisions_stop_the_device_goes_on_with_its_fallback() {
    ready();
    rig.plug(ConnectorSite.MAX_WATTS);
    assertThat(set(ConnectorSite.MAX_WATTS)).isInstanceOf(Confirmed.class);
    eventually("it draws", () -> rig.drawn() > ConnectorSite.MIN_WATTS * 2);

    eventually("it falls back", () -> rig.drawn() <= rig.fallbackWatts());
    eventually("the fallback is read", () -> limitIs(rig.fallbackWatts()));
  }
}
