package io.busbar.kernel.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Health.Status;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class HealthBoardTest {

  private final HealthBoard board = new HealthBoard(Clock.systemUTC(), "test");

  @Test
  void isReadyWhenEverythingHasStartedAndNoPartIsStillStarting() {
    board.report("plugin:balancing/sites", Status.STARTING, "no trees yet");
    assertThat(board.report().ready()).isFalse();

    board.ready(true);
    assertThat(board.report().ready()).isFalse();
    assertThat(board.report().status()).isEqualTo(Status.STARTING);

    board.report("plugin:balancing/sites", Status.UP, "");
    assertThat(board.report().ready()).isTrue();
    assertThat(board.report().status()).isEqualTo(Status.UP);
  }

  @Test
  void doesNotWaitForWhatWasAdded() {
    board.extra("plugin:added");
    board.report("plugin:added/devices", Status.STARTING, "looking");
    board.ready(true);

    assertThat(board.report().ready()).isTrue();
  }
}
