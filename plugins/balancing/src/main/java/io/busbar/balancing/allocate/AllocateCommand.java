package io.busbar.balancing.allocate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code allocate CASE.json…}: one allocation per case, as JSON lines. */
public final class AllocateCommand implements Command {

  private static final String STANDARD_INPUT = "-";

  private final InputStream standardInput;
  private final JsonFactory json = new JsonFactory();

  /** Reads {@code -} from the process's standard input. */
  public AllocateCommand() {
    this(System.in);
  }

  AllocateCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

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
    return """
    busbar allocate CASE.json...
    Prints, for every CASE.json in the order given, {"id": ..., "allocation": {CONNECTOR: WATTS, ...}}.
    CASE.json is an allocation-problem/1; '-' reads one from standard input.
    Exit code: 0 all answered, 1 some could not be (each is named on standard error), 2 wrong usage.\
    """;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    for (String word : arguments) {
      if (word.startsWith("-") && !word.equals(STANDARD_INPUT)) {
        return usageError(context, "unknown option " + word);
      }
    }
    if (arguments.isEmpty()) {
      return usageError(context, "expected at least one CASE.json");
    }
    int code = 0;
    for (String file : arguments) {
      if (!answer(file, context)) {
        code = 1;
      }
    }
    return code;
  }

  private static int usageError(CommandContext context, String what) {
    context.err().println("busbar allocate: " + what);
    context.err().println("Try: ./busbar allocate --help");
    return USAGE;
  }

  /** Answers one; false when it cannot be, which is said, with nothing of it printed. */
  private boolean answer(String file, CommandContext context) throws IOException {
    AllocationCase problem;
    try (InputStream input = open(file, context)) {
      problem = CaseReader.read(json, input);
    } catch (InvalidCase e) {
      context.err().println(file + ": " + e.getMessage());
      return false;
    } catch (IOException e) {
      context.err().println(file + ": " + inWords(e));
      return false;
    }
    print(problem, context);
    return true;
  }

  private InputStream open(String file, CommandContext context) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return new FilterInputStream(standardInput) {
        @Override
        public void close() {
          // Standard input is not ours to close.
        }
      };
    }
    Path path = context.workingFolder().resolve(file);
    if (Files.isDirectory(path)) {
      throw new IOException("is a folder, expected a file");
    }
    return new BufferedInputStream(Files.newInputStream(path));
  }

  private static String inWords(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "may not be read";
      default -> "cannot be read: " + e.getMessage();
    };
  }

  private void print(AllocationCase problem, CommandContext context) throws IOException {
    BufferedOutputStream line = new BufferedOutputStream(context.out(), 1 << 16);
    try (JsonGenerator generator =
        json.createGenerator(line).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      problem.answer(generator);
    }
    line.write('\n');
    line.flush();
  }
}
