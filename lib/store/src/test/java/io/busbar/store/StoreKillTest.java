package io.busbar.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.store.DyingWriter.Death;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills processes in the middle of their work and looks at what they leave. */
@Verifies("OP-03")
class StoreKillTest {

  private final DatabaseAccess access = TestDatabase.fresh("test");

  @ParameterizedTest(name = "dying {0}: {1} stored, {2} told after the restart")
  @CsvSource({
    "BEFORE_COMMIT, 10, 0",
    "BEFORE_TELLING, 11, 11",
    "BEFORE_MARKING, 11, 1",
  })
  void atTheWorstMomentsNothingIsHalfDoneAndNothingIsLeftUntold(Death death, int stored, int told)
      throws Exception {
    Process writer = start(death, 0);
    writer.inputReader().lines().forEach(line -> {});
    assertThat(writer.waitFor()).isEqualTo(137);

    assertThat(value("select count(*) from thing")).isEqualTo(Integer.toString(stored));
    assertThat(restart()).hasSize(told).isSortedAccordingTo(Integer::compare);
    assertNothingHalfDone();
  }

  @Test
  void killedAtAnyMomentItLosesNothingThatWasAccepted() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int next = 0;
    for (int round = 0; round < 3; round++) {
      int accepted = acceptedBeforeKill(next, 5 + random.nextInt(60));

      restart();

      assertNothingHalfDone();
      String kept = value("select count(*) from thing where id <= " + accepted);
      assertThat(kept)
          .as("things kept up to %d, seed %d", accepted, seed)
          .isEqualTo(Integer.toString(accepted + 1));
      next = Integer.parseInt(value("select max(id) + 1 from thing"));
    }
  }

  private int acceptedBeforeKill(int first, int lines) throws IOException, InterruptedException {
    Process writer = start(Death.BY_OTHERS, first);
    int accepted = first - 1;
    try (BufferedReader reader = writer.inputReader()) {
      for (int i = 0; i < lines; i++) {
        accepted = Integer.parseInt(reader.readLine());
      }
      writer.toHandle().destroyForcibly();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        accepted = Math.max(accepted, Integer.parseInt(line));
      }
    }
    writer.waitFor();
    return accepted;
  }

  private Process start(Death death, int first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DyingWriter.class.getName(),
            Integer.toString(access.port()),
            access.database(),
            death.name(),
            Integer.toString(first))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What is told after the next start. */
  private List<Integer> restart() {
    Vertx vertx = Vertx.vertx();
    FakeContext context = FakeContext.of("test", new JsonObject(), Path.of("."));
    try (Store store =
        Store.open(vertx, access, context, getClass().getClassLoader(), List.of(Thing.CHANGED))) {
      assertThat(store).isNotNull();
      context.bus().tell(KernelAddresses.READY, new KernelReady(LeapClock.START));
      return context.bus().told(Thing.CHANGED).stream().map(Thing::id).toList();
    } finally {
      vertx.close().await();
    }
  }

  private void assertNothingHalfDone() {
    assertThat(
            value(
                """
                select count(*) from thing
                full join audit_event on payload->>'id' = id::text
                full join outbox using (event_id)
                where id is null or payload is null or published_at is null
                """))
        .as("things without event, events without thing, events untold")
        .isEqualTo("0");
  }

  private String value(String sql) {
    return TestDatabase.value(access, sql);
  }
}
