package io.busbar.bench.quality;

import io.busbar.api.balancing.Strategy;
import io.busbar.bench.quality.Contender.Departures;
import io.busbar.bench.quality.Contender.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Every rule at every point: a table for each site, and a plot of all. */
public final class QualityBench {

  /** With true departures, the best of the engine's strategies. */
  private static final double BEST_WITH_TRUE = 0.999;

  /** With announced departures at JPL, 20 %, in one strategy. */
  private static final double ENERGY_WITH_ANNOUNCED = 0.97;

  private static final double JAIN_WITH_ANNOUNCED = 0.94;

  private final PrintStream out;
  private final Path data;
  private final List<Contender> contenders = Contender.all();
  private final List<Panel> panels = new ArrayList<>();

  /** What all rules did at one point, in the order of the contenders. */
  record Panel(RealSite site, int percent, List<Score> scores) {}

  /**
   * @param data folder of the real data
   */
  public QualityBench(PrintStream out, Path data) {
    this.out = out;
    this.data = data;
  }

  /**
   * Plays all and prints; false when a target is missed.
   *
   * @param plot where the plot goes
   * @throws IOException if the plot cannot be written
   */
  public boolean run(Path plot) throws IOException {
    for (RealSite site : RealSite.values()) {
      List<Panel> ofSite = site.percents.stream().map(percent -> play(site, percent)).toList();
      table(site, ofSite);
      panels.addAll(ofSite);
    }
    Files.writeString(plot, new Plot(contenders, panels).svg());
    return targets();
  }

  private Panel play(RealSite site, int percent) {
    Point point = Point.of(data, site, percent);
    List<Score> scores = contenders.parallelStream().map(point::play).toList();
    return new Panel(site, percent, scores);
  }

  private void table(RealSite site, List<Panel> ofSite) {
    print("## %s%n%n| rule | departures |", site.title);
    ofSite.forEach(panel -> print(" %d %%: energy | Jain | 5th | off |", panel.percent));
    print("%n|---|---|%s%n", "---:|---:|---:|---:|".repeat(ofSite.size()));
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      String mark = contender.kind() == Kind.ENGINE ? "`" : "";
      print("| %s%s%s | %s |", mark, contender.name(), mark, contender.departures().title);
      for (Panel panel : ofSite) {
        Score score = panel.scores.get(i);
        print(
            " %.2f %% | %.4f | %.2f | %.1f |",
            100 * score.energy(), score.jain(), score.fifth(), score.pauses());
      }
      print("%n");
    }
    print("%n");
  }

  private boolean targets() {
    print("| target | reached | |%n|---|---|---|%n");
    boolean met = true;
    for (Panel panel : panels) {
      double textbook = score(panel, it -> it.name().equals(Contender.EQUAL)).energy();
      double ours = score(panel, it -> it.name().equals(Strategy.EQUAL_SHARE.name())).energy();
      String what = "%s, %d %%: `EQUAL_SHARE` at least as much energy as exact max-min";
      met &= target(what(what, panel), ours >= textbook, percent(ours) + " : " + percent(textbook));
    }
    for (Panel panel : panels) {
      double best = best(panel);
      String what = "%s, %d %%: the best strategy with true departures at least 99.9 %%";
      met &= target(what(what, panel), best >= BEST_WITH_TRUE, percent(best));
    }
    return met & announced(panels.get(RealSite.JPL.percents.indexOf(20)));
  }

  private double best(Panel panel) {
    double best = 0;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      if (contender.kind() == Kind.ENGINE && contender.truly()) {
        best = Math.max(best, panel.scores.get(i).energy());
      }
    }
    return best;
  }

  private boolean announced(Panel panel) {
    boolean any = false;
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      if (contender.kind() == Kind.ENGINE && contender.departures() == Departures.ANNOUNCED) {
        Score score = panel.scores.get(i);
        any |= score.energy() >= ENERGY_WITH_ANNOUNCED && score.jain() >= JAIN_WITH_ANNOUNCED;
        reached.append(
            String.format(
                Locale.ROOT,
                "`%s` %.2f %%, %.3f; ",
                contender.name(),
                100 * score.energy(),
                score.jain()));
      }
    }
    String what = "JPL, 20 %: with announced departures 97 % and Jain 0.94 in one strategy";
    return target(what, any, reached.toString());
  }

  private Score score(Panel panel, Predicate<Contender> which) {
    for (int i = 0; i < contenders.size(); i++) {
      if (which.test(contenders.get(i))) {
        return panel.scores.get(i);
      }
    }
    throw new IllegalStateException("no such rule");
  }

  private boolean target(String what, boolean reached, String figure) {
    print("| %s | %s | %s |%n", what, figure, reached ? "" : "MISSED");
    return reached;
  }

  private static String what(String text, Panel panel) {
    return text.formatted(panel.site.title, panel.percent);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
