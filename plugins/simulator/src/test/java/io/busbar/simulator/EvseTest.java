package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.VehicleState;
import io.busbar.api.simulator.PlayStays.Stay;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvseTest {

  /** 32 A at 208 V, at least 6 A, whole amperes, 60 s watchdog, 2 s ramp, falls back to 0. */
  private static final EvseRating RATING = new EvseRating(6656, 1248, 208, 0, 60, 2, 0);

  private final Evse evse = new Evse(RATING, 0);

  @ParameterizedTest(name = "{0} W is held as {1} W")
  @CsvSource({"0,0", "1247,0", "1248,1248", "1455,1248", "1456,1456", "6656,6656", "9000,6656"})
  void a_set_point_is_held_in_whole_steps_and_as_nothing_below_the_minimum(int asked, int held) {
    assertThat(evse.set(asked, 0)).isEqualTo(held);
  }

  @Test
  void without_a_vehicle_nothing_is_drawn() {
    evse.set(6656, 0);
    evse.settle(1);
    assertThat(evse.watts()).isZero();
    assertThat(evse.vehicle()).isEqualTo(VehicleState.NONE);
  }

  @Test
  void power_ramps_up_and_down_and_stays_within_the_set_point() {
    arrive(50_000, 6656);
    evse.set(6656, 0);
    settle(1);
    assertThat(evse.watts()).isEqualTo(3328);
    settle(2);
    assertThat(evse.watts()).isEqualTo(6656);
    evse.set(1248, 2);
    settle(3);
    assertThat(evse.watts()).isEqualTo(3328);
    settle(4);
    assertThat(evse.watts()).isEqualTo(1248);
  }

  @Test
  void when_set_points_stop_it_falls_back_by_itself() {
    arrive(50_000, 6656);
    evse.set(6656, 0);
    settle(59);
    assertThat(evse.limitWatts()).isEqualTo(6656);
    settle(60);
    assertThat(evse.limitWatts()).isZero();
    settle(61);
    settle(62);
    assertThat(evse.watts()).isZero();
    assertThat(evse.vehicle()).isEqualTo(VehicleState.CONNECTED);
  }

  @Test
  void a_vehicle_takes_what_it_wants_and_no_more() {
    arrive(1_000, 3_600);
    for (long second = 0; second < 2_000; second++) {
      evse.set(6656, second);
      evse.settle(second);
      evse.draw(1);
    }
    assertThat(evse.deliveredWattHours()).isEqualTo(1_000);
    assertThat(evse.watts()).isZero();
    assertThat(evse.vehicle()).isEqualTo(VehicleState.CONNECTED);
  }

  private void arrive(int wattHours, int watts) {
    UUID id = new UUID(1, 1);
    Instant begin = Instant.ofEpochSecond(0);
    Instant end = Instant.ofEpochSecond(100_000);
    evse.plan(
        Evse.PlannedStay.of(
            new Stay(id, id, begin, end, end, wattHours, watts, OptionalInt.empty())));
    evse.arrives(0);
  }

  private void settle(long second) {
    evse.settle(second);
  }
}
