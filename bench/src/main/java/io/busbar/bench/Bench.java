package io.busbar.bench;

import java.util.List;

/** {@code bench/run allocator|topology|ingest [--check]}: prints Markdown. */
public final class Bench {

  private static final int MISSED = 1;
  private static final int USAGE = 2;

  private Bench() {}

  /**
   * Exits with 0, with 1 when {@code --check} is given and a target is missed, with 2 for usage.
   */
  public static void main(String[] words) throws Exception {
    List<String> names = List.of(words).stream().filter(word -> !word.equals("--check")).toList();
    boolean check = names.size() < words.length;
    boolean met = names.size() == 1 && isKnown(names.getFirst()) && run(names.getFirst());
    if (names.size() != 1 || !isKnown(names.getFirst())) {
      System.err.println("usage: bench/run allocator|topology|ingest [--check]");
      System.exit(USAGE);
    }
    System.exit(check && !met ? MISSED : 0);
  }

  private static boolean isKnown(String name) {
    return List.of("allocator", "topology", "ingest").contains(name);
  }

  private static boolean run(String name) throws Exception {
    return switch (name) {
      case "allocator" -> new AllocatorBench(System.out).run();
      case "topology" -> new TopologyBench(System.out).run();
      default -> new IngestBench(System.out).run();
    };
  }
}
