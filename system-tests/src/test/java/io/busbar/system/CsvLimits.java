package io.busbar.system;

import io.busbar.testkit.RealData;
import io.busbar.testkit.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;

/** The example adapter as users drop it in, and the file that it reads limits from. */
final class CsvLimits {

  private static final String FILE = "limits.csv";

  private CsvLimits() {}

  /** Builds the adapter into a plugins folder. */
  static void into(Path plugins) throws IOException {
    Path folder = RealData.repository().resolve("docs/examples/csv-limits/src/main");
    String name = "org.example.busbar.";
    TestJar jar = TestJar.plugin("csv-limits").extension(name + "CsvLimitsPlugin");
    for (String type : new String[] {"CsvLimitsPlugin", "CsvLimitsVerticle", "CsvFeed"}) {
      String file = "java/" + (name + type).replace('.', '/') + ".java";
      jar.source(name + type, Files.readString(folder.resolve(file)));
    }
    jar.file("config.schema.json", Files.readString(folder.resolve("resources/config.schema.json")))
        .into(plugins);
  }

  /** Options of a start with the adapter, which bounds one node every second anew. */
  static String[] settings(
      Path plugins, Path feed, UUID microgridId, String nodeId, String controlPointId) {
    String set = "csv-limits.";
    return new String[] {
      "--set",
      "busbar.plugins.folder=" + plugins,
      "--set",
      set + "file=" + feed.resolve(FILE),
      "--set",
      set + "microgrid_id=" + microgridId,
      "--set",
      set + "node_id=" + nodeId,
      "--set",
      set + "control_point_id=" + controlPointId,
      "--set",
      set + "poll_seconds=1"
    };
  }

  /** Writes limits that follow one another, each as long as the first, at once. */
  static void write(Path feed, Instant from, Instant until, int... watts) throws IOException {
    StringBuilder lines = new StringBuilder("from_utc,to_utc,limit_watts,price_per_mwh\n");
    long seconds = until.getEpochSecond() - from.getEpochSecond();
    Instant begin = from;
    for (int limit : watts) {
      Instant end = begin.plusSeconds(seconds);
      lines.append("%s,%s,%d,95.5\n".formatted(begin, end, limit));
      begin = end;
    }
    Path whole = Files.writeString(feed.resolve(FILE + ".new"), lines);
    Files.move(whole, feed.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The file is gone: the adapter reports its source offline. */
  static void remove(Path feed) throws IOException {
    Files.delete(feed.resolve(FILE));
  }
}
