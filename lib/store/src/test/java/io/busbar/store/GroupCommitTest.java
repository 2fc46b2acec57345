package io.busbar.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private static final int MEBIBYTE = 1 << 20;

  private final Vertx vertx = Vertx.vertx();

  /** Nothing is stored before it opens. */
  private final CountDownLatch database = new CountDownLatch(1);

  private GroupCommit<String, String> commit(int weight) {
    return new GroupCommit<>(
        vertx.getOrCreateContext(), 10, thing -> weight, this::store, () -> {});
  }

  private List<String> store(List<String> things) {
    try {
      assertThat(database.await(20, TimeUnit.SECONDS)).isTrue();
      return things.stream().map(thing -> thing + " stored").toList();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    database.countDown();
    vertx.close().await();
  }

  private static List<Future<String>> add(GroupCommit<String, String> commit, int times) {
    List<Future<String>> added = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      added.add(commit.add("thing " + i));
    }
    return added;
  }

  @Test
  void whatIsTooMuchForTheMemoryIsTurnedAwayUntilTheDatabaseIsBack() {
    GroupCommit<String, String> commit = commit(MEBIBYTE);
    List<Future<String>> added = add(commit, 100);

    List<Future<String>> refused = added.stream().filter(Future::failed).toList();
    assertThat(refused).hasSizeBetween(100 - 16 - 10, 100 - 16);
    assertThat(refused.getFirst().cause()).hasMessageContaining("try again");
    database.countDown();

    added.stream()
        .filter(one -> !refused.contains(one))
        .map(one -> get(one))
        .forEach(stored -> assertThat(stored).endsWith(" stored"));
    assertThat(get(commit.add("late"))).isEqualTo("late stored");
  }

  @Test
  void soIsWhatIsTooManyHoweverSmall() {
    List<Future<String>> added = add(commit(1), GroupCommit.MOST_WAITING + 100);

    assertThat(added).filteredOn(Future::failed).hasSizeBetween(90, 100);
  }

  @Test
  void whateverStoringThrowsIsSaidToThoseWhoWait() {
    Function<List<String>, List<String>> broken =
        things -> {
          throw GroupCommitTest.<RuntimeException>sneaky(new InterruptedException("stopped"));
        };
    GroupCommit<String, String> commit =
        new GroupCommit<>(vertx.getOrCreateContext(), 10, thing -> 1, broken, () -> {});

    assertThat(commit.add("x").otherwise(Throwable::getMessage))
        .satisfies(said -> assertThat(get(said)).isEqualTo("stopped"));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
