package io.busbar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DuelTest {

  private long now;

  private DoubleSupplier work(long nanos) {
    return () -> {
      now += nanos;
      return 1;
    };
  }

  @Test
  void reports_what_each_takes_and_how_they_compare() {
    Duel.Result result = new Duel(() -> now).run(work(3_000_000), work(1_000_000));

    assertThat(result.firstNanos()).isEqualTo(3_000_000);
    assertThat(result.secondNanos()).isEqualTo(1_000_000);
    assertThat(result.ratio()).isEqualTo(3);
    assertThat(result.sink()).isPositive();
  }

  @Test
  void a_hiccup_in_some_rounds_does_not_show() {
    long[] runs = {0};
    DoubleSupplier hiccups =
        () -> {
          now += runs[0]++ % 7 == 6 ? 500_000_000 : 40_000_000;
          return 1;
        };

    assertThat(new Duel(() -> now).run(hiccups, work(40_000_000)).ratio()).isEqualTo(1);
  }

  @Test
  void what_is_prepared_is_not_timed() {
    Duel.Work prepared =
        new Duel.Work() {
          @Override
          public void prepare() {
            now += 77_000_000;
          }

          @Override
          public double run() {
            now += 3_000_000;
            return 1;
          }
        };

    Duel.Result result = new Duel(() -> now).run(prepared, work(1_000_000));

    assertThat(result.firstNanos()).isEqualTo(3_000_000);
    assertThat(result.ratio()).isEqualTo(3);
  }
}
