package io.busbar.bench.quality;

import io.busbar.bench.quality.Contender.Departures;
import io.busbar.bench.quality.Contender.Kind;
import io.busbar.bench.quality.QualityBench.Panel;
import java.util.List;
import java.util.Locale;

/**
 * A panel for every point: energy to the right, fairness upwards; the engine's strategies filled,
 * the textbook's rules hollow, a square where true departures are known. Colours are of middle
 * lightness and the background is left out, so that it can be read in light and dark.
 */
final class Plot {

  private static final int COLUMNS = 5;
  private static final int SIDE = 190;
  private static final int GAP = 52;
  private static final int TOP = 30;
  private static final int LEGEND = 96;
  private static final int LEGEND_COLUMN = 300;
  private static final int LEGEND_ROW = 18;
  private static final double ROOM = 0.06;
  private static final String GREY = "#888888";
  private static final List<String> COLOURS =
      List.of("#2f80ed", "#e2762b", "#27a05a", "#b04fd6", "#d64550", "#8a8f2a");

  private final List<Contender> contenders;
  private final List<Panel> panels;
  private final StringBuilder svg = new StringBuilder();

  Plot(List<Contender> contenders, List<Panel> panels) {
    this.contenders = contenders;
    this.panels = panels;
  }

  String svg() {
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * (SIDE + GAP);
    int height = rows * (SIDE + GAP + TOP) + LEGEND;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='11' fill='%s'>",
        width, height, GREY);
    for (int i = 0; i < panels.size(); i++) {
      int left = i % COLUMNS * (SIDE + GAP) + GAP - 8;
      int top = i / COLUMNS * (SIDE + GAP + TOP) + TOP;
      panel(panels.get(i), left, top);
    }
    legend(height - LEGEND + LEGEND_ROW);
    return svg.append("</svg>\n").toString();
  }

  private void panel(Panel panel, int left, int top) {
    double leastEnergy = panel.scores().stream().mapToDouble(Score::energy).min().orElse(0);
    double leastJain = panel.scores().stream().mapToDouble(Score::jain).min().orElse(0);
    add("<text x='%d' y='%d' font-weight='bold'>", left, top - 8);
    add("%s, root at %d %%</text>", panel.site().title, panel.percent());
    add("<rect x='%d' y='%d' width='%d' height='%d' fill='none'", left, top, SIDE, SIDE);
    add(" stroke='%s'/>", GREY);
    int bottom = top + SIDE + 14;
    add("<text x='%d' y='%d'>%.1f %%</text>", left, bottom, 100 * leastEnergy);
    add("<text x='%d' y='%d' text-anchor='end'>100 %%</text>", left + SIDE, bottom);
    add("<text x='%d' y='%d' text-anchor='middle'>energy</text>", left + SIDE / 2, bottom);
    add("<text x='%d' y='%d' text-anchor='end'>1</text>", left - 4, top + 8);
    add("<text x='%d' y='%d' text-anchor='end'>%.3f</text>", left - 4, top + SIDE, leastJain);
    add("<text x='%d' y='%d' text-anchor='end'>Jain</text>", left - 4, top + SIDE / 2);
    for (int i = 0; i < contenders.size(); i++) {
      Score score = panel.scores().get(i);
      double x = left + SIDE * at(score.energy(), leastEnergy);
      double y = top + SIDE * (1 - at(score.jain(), leastJain));
      mark(contenders.get(i), x, y, score);
    }
  }

  /** Where a value lies between the least, a little inside, and 1. */
  private static double at(double value, double least) {
    double range = Math.max(1e-9, 1 - least);
    return ROOM + (1 - 2 * ROOM) * (value - least) / range;
  }

  private void mark(Contender contender, double x, double y, Score score) {
    shape(contender, x, y);
    add("<title>%s, departures %s: ", contender.name(), contender.departures().title);
    boolean square = contender.truly();
    add("%.2f %%, Jain %.4f</title>", 100 * score.energy(), score.jain());
    add(square ? "</rect>" : "</circle>");
  }

  private void shape(Contender contender, double x, double y) {
    String colour = COLOURS.get(colour(contender));
    String fill = contender.kind() == Kind.ENGINE ? colour : "none";
    if (contender.truly()) {
      add("<rect x='%.1f' y='%.1f' width='8' height='8'", x - 4, y - 4);
    } else {
      add("<circle cx='%.1f' cy='%.1f' r='4.5'", x, y);
    }
    add(" fill='%s' fill-opacity='0.75' stroke='%s' stroke-width='1.5'>", fill, colour);
  }

  /** Rules of one idea have one colour. */
  private static int colour(Contender contender) {
    return switch (contender.name()) {
      case Contender.EQUAL, "EQUAL_SHARE" -> 0;
      case "first come, first served", "FIRST_COME_FIRST_SERVED" -> 1;
      case "earliest deadline", "EARLIEST_DEADLINE" -> 2;
      case "least laxity", "LEAST_LAXITY" -> 3;
      case "PROPORTIONAL_NEED" -> 4;
      default -> 5;
    };
  }

  private void legend(int top) {
    int perColumn = LEGEND / LEGEND_ROW - 1;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      int x = i / perColumn * LEGEND_COLUMN + GAP;
      int y = top + i % perColumn * LEGEND_ROW;
      shape(contender, x, y);
      add(contender.truly() ? "</rect>" : "</circle>");
      String told =
          contender.departures() == Departures.NOT_USED
              ? ""
              : ", departures " + contender.departures().title;
      add("<text x='%d' y='%d'>%s%s</text>", x + 10, y + 4, contender.name(), told);
    }
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
    svg.append('\n');
  }
}
