package io.busbar.balancing;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.api.balancing.ReplayReply;
import io.busbar.api.balancing.ReplayReply.Refused;
import io.busbar.api.balancing.ReplayReply.Replayed;
import io.busbar.balancing.record.CycleArchive;
import io.busbar.balancing.replay.Replay;
import io.busbar.balancing.replay.StoredCycle;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code ./busbar replay}: decides stored cycles once more and says what is different. */
final class ReplayCommand implements Command {

  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String summary() {
    return "decides stored cycles once more and says what comes out differently";
  }

  @Override
  public String usage() {
    return "replay SITE|MICROGRID_ID CYCLE_ID\nreplay SITE|MICROGRID_ID --last N";
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws SQLException {
    Optional<UUID> cycleId = arguments.size() == 2 ? Words.id(arguments.get(1)) : Optional.empty();
    boolean last =
        arguments.size() == 3
            && arguments.get(1).equals("--last")
            && COUNT.matcher(arguments.get(2)).matches();
    if (cycleId.isEmpty() && !last) {
      context.err().println("usage: ./busbar " + usage().replace("\n", "\n       ./busbar "));
      return USAGE;
    }
    try (CycleArchive archive =
        CycleArchive.open(
            context, "ask it: GET /api/microgrid/MICROGRID_ID/cycles/CYCLE_ID/replay")) {
      UUID site = archive.microgrid(arguments.getFirst());
      Tally tally = new Tally(context.out());
      if (last) {
        archive.newest(site, Integer.parseInt(arguments.get(2)), tally::add);
      } else {
        tally.add(archive.cycle(site, cycleId.orElseThrow()));
      }
      return tally.end();
    } catch (CycleArchive.Refused e) {
      context.err().println(e.getMessage());
      return 1;
    }
  }

  /** Prints and counts. */
  private static final class Tally {
    private final PrintStream out;
    private int identical;
    private int different;
    private int refused;

    Tally(PrintStream out) {
      this.out = out;
    }

    void add(StoredCycle cycle) {
      ReplayReply reply = Replay.of(cycle);
      String when = cycle.result().startedAt() + " " + cycle.result().cycleId();
      switch (reply) {
        case Replayed replayed -> add(when, replayed);
        case Refused no -> {
          refused++;
          out.println(when + " " + no.reasonCode() + ": " + no.message());
        }
      }
    }

    private void add(String when, Replayed replayed) {
      if (replayed.identical()) {
        identical++;
        out.println(when + " " + replayed.replayedDigest() + " identical");
        return;
      }
      different++;
      out.printf(
          "%s %s, but %s is stored%n", when, replayed.replayedDigest(), replayed.storedDigest());
      replayed
          .differences()
          .forEach(
              difference ->
                  out.printf(
                      "  %s: %s was %s and is %s%n",
                      difference.name(),
                      difference.field(),
                      difference.stored(),
                      difference.replayed()));
    }

    int end() {
      out.printf(
          "%,d replayed: %,d identical, %,d different; %,d cannot be replayed%n",
          identical + different, identical, different, refused);
      return different + refused == 0 && identical > 0 ? 0 : 1;
    }
  }
}
