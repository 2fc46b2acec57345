package io.busbar.modbus.charger;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.modbus.map.SetpointRule;
import io.busbar.modbus.map.SetpointRule.Unit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Watts to device units and back. */
class SetpointScaleTest {

  private static final OptionalDouble ANY = OptionalDouble.empty();

  private static SetpointScale amps(double step, int wattsPerAmp) {
    return new SetpointScale(rule(Unit.A, 6, step, OptionalDouble.empty()), wattsPerAmp);
  }

  private static SetpointRule rule(Unit unit, double least, double step, OptionalDouble hold) {
    return new SetpointRule(
        "limit", unit, 0, least, step, hold, "limit", Optional.empty(), Optional.empty(), 5);
  }

  @Test
  void whatIsConfirmedIsNeverMoreThanWhatWasAsked() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (double step : new double[] {0.001, 0.1, 1}) {
      for (int round = 0; round < 10_000; round++) {
        SetpointScale scale = amps(step, random.nextBoolean() ? 230 : 690);
        int watts = random.nextInt(30_000);

        double value = scale.value(watts, ANY);

        assertThat(scale.watts(value)).as("seed %d, %d W", seed, watts).isLessThanOrEqualTo(watts);
        assertThat(scale.watts((float) value)).as("in single precision").isLessThanOrEqualTo(watts);
      }
    }
  }

  @Test
  void wholeStepsStayWhatTheyAre() {
    SetpointScale tenths = amps(0.1, 690);
    for (int tenth = 60; tenth <= 320; tenth++) {
      assertThat(tenths.watts(tenths.value(tenth * 69, ANY))).isEqualTo(tenth * 69);
    }
  }

  @Test
  void belowTheLeastTheVehiclePauses() {
    assertThat(amps(0.1, 690).value(6 * 690 - 1, ANY)).isZero();
    assertThat(amps(0.1, 690).watts(5.9)).isZero();
  }

  @Test
  void whatCannotBeSetToZeroIsHeldAndSaidToBe() {
    SetpointScale hold = new SetpointScale(rule(Unit.W, 1547, 1, OptionalDouble.of(1547)), 690);

    assertThat(hold.value(0, ANY)).isEqualTo(1547);
    assertThat(hold.watts(1547)).isEqualTo(1547);
  }

  @Test
  void theDeviceSaysWhatItCanBeSetToAtMost() {
    assertThat(amps(1, 690).value(32 * 690, OptionalDouble.of(16))).isEqualTo(16);
  }
}
