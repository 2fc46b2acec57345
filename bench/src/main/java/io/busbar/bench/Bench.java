package io.busbar.bench;

import io.busbar.bench.quality.QualityBench;
import java.nio.file.Path;
import java.util.List;

/** {@code bench/run NAME [--check]}: prints Markdown. */
public final class Bench {

  private static final String NAMES =
      "allocator|cycle|envelopes|modbus|quality|reaction|sites|solver|topology|ingest";
  private static final int MISSED = 1;
  private static final int USAGE = 2;

  private Bench() {}

  /**
   * Exits with 0, with 1 when {@code --check} is given and a target is missed, with 2 for usage.
   */
  public static void main(String[] words) throws Exception {
    List<String> arguments = List.of(words);
    boolean check = arguments.contains("--check");
    List<String> names = arguments.stream().filter(word -> !word.equals("--check")).toList();
    boolean met =
        switch (String.join(" ", names)) {
          case "allocator" -> new AllocatorBench(System.out).run();
          case "topology" -> new TopologyBench(System.out).run();
          case "cycle" -> new CycleBench(System.out).run();
          case "envelopes" -> new EnvelopeBench(System.out).run();
          case "modbus" -> new ModbusBench(System.out).run();
          case "sites" -> new SitesBench(System.out).run();
          case "solver" -> new SolverBench(System.out).run();
          case "ingest" -> new IngestBench(System.out).run();
          case "reaction" -> new ReactionBench(System.out).run();
          case "quality" ->
              new QualityBench(System.out, data())
                  .run(Path.of("docs/quality-on-real-sessions.svg"));
          default -> {
            System.err.println("usage: bench/run " + NAMES + " [--check]");
            System.exit(USAGE);
            yield false;
          }
        };
    System.exit(check && !met ? MISSED : 0);
  }

  private static Path data() {
    String named = System.getenv("BUSBAR_DATA");
    return Path.of(named == null || named.isBlank() ? "../shared/data" : named);
  }
}
