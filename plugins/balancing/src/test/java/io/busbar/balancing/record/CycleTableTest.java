package io.busbar.balancing.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.store.Store;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleTableTest {

  @TempDir Path folder;
  private final DatabaseAccess access = TestDatabase.fresh("balancing");
  private final Vertx vertx = Vertx.vertx();
  private Store store;
  private CycleTable table;

  @BeforeEach
  void open() {
    FakeContext context = FakeContext.of("balancing", new JsonObject(), folder);
    store =
        Store.open(
            vertx,
            access,
            context,
            getClass().getClassLoader(),
            List.of(BalancingAddresses.REBALANCE_REQUESTED));
    table = new CycleTable(store, new DayPartitions(30));
  }

  @AfterEach
  void close() {
    store.close();
    vertx.close().await();
  }

  @Test
  void everyDayHasAPartitionAndThoseThatAreTooOldAreDropped() {
    for (int day = 0; day < 40; day++) {
      table.insert(
          List.of(Cycles.kept(Cycles.result(day, Cycles.START.plus(Duration.ofDays(day))))));
    }

    assertThat(partitions().split(" "))
        .hasSize(31)
        .startsWith("cycle_20260311")
        .endsWith("cycle_20260410");
    assertThat(table.page(Cycles.SITE, new ListCycles(500, Optional.empty())).cycles()).hasSize(31);
  }

  @Test
  void aFrameIsStoredOnceAndGoesWithTheLastDayThatItHoldsFor() {
    table.insert(List.of(Cycles.kept(1), Cycles.kept(2)));
    Kept later = Cycles.kept(Cycles.result(3, Cycles.START.plus(Duration.ofDays(31))));
    Kept other = Cycles.kept(Cycles.result(11, Cycles.START));
    table.insert(List.of(other, later));

    assertThat(table.find(Cycles.SITE, later.completed().cycle().cycleId()))
        .contains(later.stored());
    assertThat(frames()).isEqualTo("frame-0");
    assertThat(table.find(Cycles.SITE, Cycles.result(1).cycleId())).isEmpty();
  }

  @Test
  void aCycleFromBeforeInputsWereKeptIsReadWithoutThem() {
    table.insert(List.of(Cycles.kept(1).with(Optional.empty())));

    assertThat(table.find(Cycles.SITE, Cycles.result(1).cycleId()))
        .contains(new StoredCycle(Cycles.result(1), Optional.empty()));
    assertThat(frames()).isNull();
  }

  private String frames() {
    return TestDatabase.value(
        access, "select string_agg(digest, ' ' order by digest) from cycle_frame");
  }

  @Test
  void aPartitionMadeInATransactionThatFailedIsMadeAgain() {
    Kept cycle = Cycles.requested(1);
    Kept sameEvent =
        new Kept(
            cycle.requested(),
            Cycles.kept(2).completed(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertThatThrownBy(() -> table.insert(List.of(cycle, sameEvent)))
        .hasMessageContaining("duplicate key");
    assertThat(partitions()).isNull();

    table.insert(List.of(cycle));
    assertThat(table.find(Cycles.SITE, cycle.completed().cycle().cycleId()))
        .contains(cycle.stored());
  }

  @Test
  void aCycleStoredTwiceIsThereOnceAndSoAreItsEvents() {
    table.insert(List.of(Cycles.requested(1)));
    table.insert(List.of(Cycles.requested(1), Cycles.kept(2)));

    assertThat(table.page(Cycles.SITE, new ListCycles(9, Optional.empty())).cycles())
        .containsExactly(Cycles.result(2), Cycles.result(1));
  }

  @Test
  void whatWasToldIsNotUntold() {
    long position = table.insert(List.of(Cycles.kept(1), Cycles.kept(2), Cycles.kept(3)));
    table.told(position - 1);
    table.told(position - 2);

    assertThat(table.untold(9)).containsExactly(new CycleTable.Placed(position, Cycles.result(3)));
  }

  private String partitions() {
    return TestDatabase.value(
        access,
        "select string_agg(relname, ' ' order by relname) from pg_class join pg_inherits on oid ="
            + " inhrelid where inhparent = 'cycle'::regclass and relkind = 'r'");
  }
}
