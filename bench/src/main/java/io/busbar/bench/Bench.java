package io.busbar.bench;

import java.util.List;

/** {@code bench/run allocator [--check]}: prints Markdown. */
public final class Bench {

  private static final int MISSED = 1;
  private static final int USAGE = 2;

  private Bench() {}

  /**
   * Exits with 0, with 1 when {@code --check} is given and a target is missed, with 2 for usage.
   */
  public static void main(String[] words) {
    List<String> arguments = List.of(words);
    boolean check = arguments.contains("--check");
    if (!arguments.stream()
        .filter(word -> !word.equals("--check"))
        .toList()
        .equals(List.of("allocator"))) {
      System.err.println("usage: bench/run allocator [--check]");
      System.exit(USAGE);
    }
    boolean met = new AllocatorBench(System.out).run();
    System.exit(check && !met ? MISSED : 0);
  }
}
