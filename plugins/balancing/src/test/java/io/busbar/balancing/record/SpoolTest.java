package io.busbar.balancing.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final long PLENTY = 100_000_000;

  @TempDir Path folder;

  @Test
  void cyclesComeOutInTheirOrderFromMemoryAndFromDisk() {
    Spool spool = spool(10, PLENTY);
    IntStream.rangeClosed(1, 95).forEach(number -> spool.add(Cycles.kept(number), true));

    assertThat(spool.state()).contains("in memory").contains("bytes on disk");
    assertThat(drain(spool)).isEqualTo(IntStream.rangeClosed(1, 95).boxed().toList());
    assertThat(spool.isEmpty()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCycleComesBackFromDiskAsItWas() {
    Spool spool = spool(1, PLENTY);
    spool.add(Cycles.requested(1), true);
    spool.save();

    assertThat(spool.oldest()).containsExactly(Cycles.requested(1));
  }

  @Test
  void aFrameIsWrittenOnceAndComesBackWithEveryCycleItHoldsFor() throws IOException {
    Spool spool = spool(100, PLENTY);
    IntStream.rangeClosed(10, 25).forEach(number -> spool.add(Cycles.kept(number), true));
    spool.save();

    assertThat(spool.oldest())
        .extracting(kept -> kept.inputs().orElseThrow())
        .isEqualTo(IntStream.rangeClosed(10, 25).mapToObj(Cycles::inputs).toList());
    try (Stream<Path> files = Files.list(folder)) {
      String text = Files.readString(files.findFirst().orElseThrow());
      String packed = Base64.getEncoder().encodeToString(Cycles.inputs(10).packedFrame());
      assertThat(text.split(packed, -1)).hasSize(2);
    }
  }

  @Test
  void whatIsSavedIsThereInTheNextRunAndComesFirst() {
    Spool spool = spool(10, PLENTY);
    spool.add(Cycles.kept(1), true);
    spool.add(Cycles.kept(2), true);
    spool.save();

    Spool next = spool(10, PLENTY);
    next.add(Cycles.kept(3), true);
    next.save();
    next.add(Cycles.kept(4), true);

    assertThat(drain(next)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aLineThatACrashCutOffIsLeftOut() throws IOException {
    Spool spool = spool(10, PLENTY);
    spool.add(Cycles.kept(1), true);
    spool.add(Cycles.kept(2), true);
    spool.save();
    try (Stream<Path> files = Files.list(folder)) {
      Files.writeString(files.findFirst().orElseThrow(), "{\"half", StandardOpenOption.APPEND);
    }

    Spool next = spool(10, PLENTY);
    next.add(Cycles.kept(3), true);
    next.save();

    assertThat(drain(next)).containsExactly(1, 2, 3);
  }

  @Test
  void whenTheDiskIsFullTheOldestLoseTheirDetailFirst() {
    Spool spool = spool(100, 3_200_000);
    IntStream.rangeClosed(1, 3_000).forEach(number -> spool.add(Cycles.kept(number), true));
    spool.save();

    List<Kept> all = all(spool);
    assertThat(all).hasSize(3_000);
    long withDetail = all.stream().filter(SpoolTest::hasDetail).count();
    assertThat(withDetail).isBetween(1L, 2_999L);
    assertThat(all.subList(all.size() - (int) withDetail, all.size()))
        .allMatch(SpoolTest::hasDetail)
        .allMatch(kept -> kept.inputs().isPresent());
    assertThat(all.subList(0, all.size() - (int) withDetail))
        .allMatch(kept -> kept.inputs().isEmpty());
  }

  @Test
  void whenEvenThatIsTooMuchTheOldestAreDroppedAndThatIsSaid() {
    Spool spool = spool(100, 1_200_000);
    IntStream.rangeClosed(1, 6_000).forEach(number -> spool.add(Cycles.kept(number), true));
    spool.save();

    assertThat(spool.state()).contains("had to be dropped");
    List<Integer> left = drain(spool);
    assertThat(left).isEqualTo(IntStream.rangeClosed(left.getFirst(), 6_000).boxed().toList());
    assertThat(left).hasSizeBetween(500, 5_000);
  }

  private static boolean hasDetail(Kept kept) {
    return !kept.completed().cycle().allocationSummary().byNode().isEmpty();
  }

  private Spool spool(int inMemory, long bytes) {
    return new Spool(new SpoolFiles(folder, bytes, Spool::brief), inMemory);
  }

  private static List<Integer> drain(Spool spool) {
    return all(spool).stream().map(kept -> kept.completed().cycle().topologyVersion()).toList();
  }

  private static List<Kept> all(Spool spool) {
    List<Kept> all = new ArrayList<>();
    while (!spool.isEmpty()) {
      List<Kept> oldest = spool.oldest();
      all.addAll(oldest);
      spool.remove(oldest);
    }
    return all;
  }
}
