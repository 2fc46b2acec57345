package io.busbar.simulator.scenario;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code scenario run FILE…}: runs scenarios and says what held. */
public final class ScenarioCommand implements Command {

  @Override
  public String name() {
    return "scenario";
  }

  @Override
  public String summary() {
    return "Runs scenarios in virtual time and checks what they expect.";
  }

  @Override
  public String usage() {
    return """
    busbar scenario run FILE... [--reports DIR]
    Runs each scenario in virtual time, prints its figures and expectations, and writes
    NAME.xml (JUnit) and NAME.html into DIR (default: reports). Exit code 1 if one fails.
    Real data is read from BUSBAR_DATA (default: ../shared/data beside the installation).\
    """;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    if (arguments.size() < 2 || !arguments.getFirst().equals("run")) {
      context.err().println("busbar scenario: expected run FILE...");
      context.err().println("Try: ./busbar scenario --help");
      return USAGE;
    }
    Path reports = context.workingFolder().resolve("reports");
    List<Path> files = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--reports") && i + 1 < arguments.size()) {
        reports = context.workingFolder().resolve(arguments.get(++i));
      } else if (word.startsWith("-")) {
        return usage(word.equals("--reports") ? word + " without DIR" : word, context);
      } else {
        files.add(context.workingFolder().resolve(word));
      }
    }
    int code = 0;
    for (Path file : files) {
      code = Math.max(code, runOne(file, reports, context));
    }
    return code;
  }

  private static int usage(String option, CommandContext context) {
    context.err().println("busbar scenario: unknown option " + option);
    context.err().println("Try: ./busbar scenario --help");
    return USAGE;
  }

  private static int runOne(Path file, Path reports, CommandContext context) throws IOException {
    try {
      Scenario scenario = Scenario.read(file);
      Outcome outcome = new ScenarioRun(scenario, context, data()).run();
      List<Verdict> verdicts = Verdict.of(scenario, outcome);
      Reports report = new Reports(scenario, outcome, verdicts);
      report.print(context.out());
      Files.createDirectories(reports);
      String name = file.getFileName().toString().replaceAll("\\.ya?ml$", "");
      report.writeJunit(reports.resolve(name + ".xml"));
      report.writeHtml(reports.resolve(name + ".html"));
      context.out().println("  report: " + reports.resolve(name + ".html"));
      return verdicts.stream().allMatch(Verdict::passed) ? 0 : 1;
    } catch (Scenario.Invalid e) {
      e.problems().forEach(context.err()::println);
      return USAGE;
    } catch (java.nio.file.NoSuchFileException e) {
      context.err().println("busbar scenario: " + e.getMessage() + ": no such file");
      return USAGE;
    } catch (IllegalArgumentException e) {
      context.err().println("busbar scenario: " + e.getMessage());
      return USAGE;
    }
  }

  private static Path data() {
    String named = System.getenv("BUSBAR_DATA");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("busbar.root", ".")).resolve("../shared/data").normalize()
        : Path.of(named);
  }
}
