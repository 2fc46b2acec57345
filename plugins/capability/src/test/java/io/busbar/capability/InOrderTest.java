package io.busbar.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InOrderTest {

  @Test
  void whateverIsDueFirstTheOrderIsThatInWhichItCame() {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    System.out.println("InOrderTest seed " + seed);
    InOrder order = new InOrder();
    List<Integer> acknowledged = new ArrayList<>();
    List<Runnable> due = new ArrayList<>();
    List<Integer> came = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int message = i;
      came.add(message);
      due.add(order.add(() -> acknowledged.add(message)));
    }
    Runnable first = due.removeFirst();
    Collections.shuffle(due, new Random(seed));

    due.forEach(Runnable::run);
    assertThat(acknowledged).isEmpty();
    first.run();

    assertThat(acknowledged).isEqualTo(came);
  }
}
