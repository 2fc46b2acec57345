package io.busbar.simulator.scenario;

import io.busbar.api.simulator.FieldRecord.Served;
import io.busbar.api.simulator.FieldRecord.WorstLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The outcome of a scenario for a terminal, for a build server and for a browser. */
final class Reports {

  private static final int SHOWN_LOADS = 25;

  private final Scenario scenario;
  private final Outcome outcome;
  private final List<Verdict> verdicts;

  Reports(Scenario scenario, Outcome outcome, List<Verdict> verdicts) {
    this.scenario = scenario;
    this.outcome = outcome;
    this.verdicts = verdicts;
  }

  void print(PrintStream out) {
    out.println(scenario.name());
    out.println("  " + String.join("\n  ", facts()));
    for (Verdict verdict : verdicts) {
      out.printf(
          "  %s  %-36s %s%n",
          verdict.passed() ? "pass" : "FAIL", verdict.expectation(), verdict.found());
    }
  }

  private List<String> facts() {
    List<String> facts =
        new java.util.ArrayList<>(
            List.of(
                text("energy requested   %,.1f kWh", outcome.requestedWattHours() / 1000),
                text("energy delivered   %,.1f kWh", outcome.deliveredWattHours() / 1000)));
    outcome
        .optimumWattHours()
        .ifPresent(
            most -> {
              facts.add(text("offline optimum    %,.1f kWh", most / 1000));
              facts.add(
                  text("share of optimum   %.2f %%", 100 * outcome.deliveredWattHours() / most));
            });
    facts.add(text("Jain index         %.4f", outcome.jainIndex()));
    facts.add(
        text(
            "sessions           %d, %.1f %% served to at least 99 %%",
            outcome.record().sessions().size(), 100 * outcome.servedSessionsShare()));
    facts.add(
        "limits exceeded    "
            + outcome.record().violations()
            + " node-seconds of "
            + outcome.record().seconds()
            + " s");
    facts.add("cycles             " + outcome.cycles());
    facts.add("digest             " + outcome.digest());
    facts.add(text("ran in             %.1f s", outcome.wallSeconds()));
    return facts;
  }

  void writeJunit(Path file) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    long failures = verdicts.stream().filter(v -> !v.passed()).count();
    xml.append(
        text(
            "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" time=\"%.3f\">%n",
            escape(scenario.name()), verdicts.size(), failures, outcome.wallSeconds()));
    for (Verdict verdict : verdicts) {
      xml.append(
          text(
              "  <testcase classname=\"%s\" name=\"%s\">",
              escape(scenario.file().getFileName().toString()), escape(verdict.expectation())));
      if (!verdict.passed()) {
        xml.append(text("<failure message=\"%s\"/>", escape(verdict.found())));
      }
      xml.append("</testcase>\n");
    }
    Files.writeString(file, xml.append("</testsuite>\n"));
  }

  void writeHtml(Path file) throws IOException {
    Files.writeString(
        file,
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title><style>
        :root{color-scheme:light dark}
        body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
        table{border-collapse:collapse;width:100%%}
        td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884}
        td.n{text-align:right;font-variant-numeric:tabular-nums}
        .pass{color:#0a7a3d}.fail{color:#c0261c;font-weight:600}
        pre{background:#8881;padding:1rem;overflow:auto}
        svg{width:100%%;height:auto}
        </style></head><body><h1>%s</h1><pre>%s</pre>
        <h2>Expectations</h2><table><tr><th></th><th>expected</th><th>found</th></tr>%s</table>
        <h2>Share of the requested energy that sessions got</h2>%s
        <h2>Highest load of the limited nodes</h2>
        <table><tr><th>node</th><th>limit W</th><th>highest W</th><th>load</th><th>at</th></tr>%s</table>
        </body></html>
        """
            .formatted(
                escape(scenario.name()),
                escape(scenario.name()),
                escape(String.join("\n", facts())),
                verdicts.stream().map(Reports::row).collect(Collectors.joining()),
                shares(),
                loads()));
  }

  private static String row(Verdict verdict) {
    String word = verdict.passed() ? "pass" : "fail";
    return text(
        "<tr><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>",
        word, word, escape(verdict.expectation()), escape(verdict.found()));
  }

  private String loads() {
    return outcome.record().worstLoad().stream()
        .filter(load -> load.limitWatts() > 0)
        .sorted(Comparator.comparingDouble(Reports::share).reversed())
        .limit(SHOWN_LOADS)
        .map(
            load ->
                text(
                    "<tr><td>%s</td><td class=n>%,d</td><td class=n>%,.0f</td><td class=n>%.1f"
                        + " %%</td><td>%s</td></tr>",
                    load.nodeId(), load.limitWatts(), load.watts(), 100 * share(load), load.at()))
        .collect(Collectors.joining());
  }

  private static double share(WorstLoad load) {
    return load.watts() / load.limitWatts();
  }

  /** A histogram of the sessions' shares in twenty bars. */
  private String shares() {
    int[] bars = new int[20];
    for (Served session : outcome.record().sessions()) {
      double share =
          session.requestedWattHours() == 0
              ? 1
              : session.deliveredWattHours() / session.requestedWattHours();
      bars[(int) Math.min(bars.length - 1, share * bars.length)]++;
    }
    int most = Math.max(1, java.util.Arrays.stream(bars).max().orElse(1));
    StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 640 200\" role=\"img\">");
    for (int i = 0; i < bars.length; i++) {
      double height = 160.0 * bars[i] / most;
      svg.append(
          text(
              "<rect x=\"%d\" y=\"%.1f\" width=\"28\" height=\"%.1f\""
                  + " fill=\"#3b78c3\"><title>%d</title></rect><text x=\"%d\" y=\"194\""
                  + " font-size=\"10\" fill=\"currentColor\">%d%%</text>",
              i * 32, 176 - height, height, bars[i], i * 32, i * 5));
    }
    return svg.append("</svg>").toString();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
