package io.busbar.balancing;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code allocate CASE.json…}: one allocation per case, as JSON lines. */
final class AllocateCommand implements Command {

  @Override
  public String name() {
    return "allocate";
  }

  @Override
  public String summary() {
    return "Answers allocation problems, one JSON line each.";
  }

  @Override
  public String usage() {
    return "busbar allocate CASE.json...\n"
        + "CASE.json is an allocation-problem/1; '-' reads one from standard input.";
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    List<String> options =
        arguments.stream().filter(word -> word.startsWith("-") && word.length() > 1).toList();
    if (arguments.isEmpty() || !options.isEmpty()) {
      context
          .err()
          .println(
              options.isEmpty()
                  ? "busbar allocate: expected at least one CASE.json"
                  : "busbar allocate: unknown option " + options.getFirst());
      context.err().println("Try: ./busbar allocate --help");
      return USAGE;
    }
    int code = 0;
    for (String file : arguments) {
      try {
        CaseFile problem = CaseFile.parse(read(file, context));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", problem.id());
        answer.put("allocation", problem.allocate());
        context.out().println(RecordJson.encode(answer));
      } catch (CaseFile.Invalid e) {
        context.err().println(file + ": " + e.getMessage());
        code = 1;
      } catch (IOException e) {
        context.err().println(file + ": cannot be read: " + e.getMessage());
        code = 1;
      }
    }
    return code;
  }

  private static String read(String file, CommandContext context) throws IOException {
    return file.equals("-")
        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(context.workingFolder().resolve(file));
  }
}
