package io.busbar.kernel;

import io.busbar.api.BusbarPlugin;
import io.busbar.api.DocumentCheck;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.busbar.kernel.config.SettingsSchema;
import io.busbar.kernel.plugins.PluginCatalogue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code config check FILE}: says everything that is wrong with settings, a site or a scenario. */
@CommandLine.Command(
    customSynopsis = "busbar config check FILE...",
    description = "Checks settings, site and scenario files without starting anything.")
final class ConfigVerb implements Callable<Integer> {

  private final Installation installation;
  private final PluginCatalogue catalogue;
  private final PrintStream out;

  @Mixin private Options options = new Options();

  @Parameters(index = "0", paramLabel = "check", description = "the word 'check'")
  private String verb;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "files to check")
  private List<Path> files;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  ConfigVerb(Installation installation, PluginCatalogue catalogue, PrintStream out) {
    this.installation = installation;
    this.catalogue = catalogue;
    this.out = out;
  }

  @Override
  public Integer call() {
    if (!verb.equals("check")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "config " + verb + ": expected config check FILE...");
    }
    int code = 0;
    for (Path file : files) {
      List<Problem> problems = check(file);
      problems.forEach(out::println);
      if (problems.isEmpty()) {
        out.println(file + ": fine");
      } else {
        code = 1;
      }
    }
    return code;
  }

  private List<Problem> check(Path file) {
    Path resolved = installation.workingFolder().resolve(file);
    try {
      String text = Files.readString(resolved);
      Document document = Document.parse(file.toString(), text);
      String format = document.root().path("format").asText("");
      return format.isEmpty() ? checkSettings(file, document) : checkDocument(file, format, text);
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), file + ": cannot be read; expected a YAML or JSON file");
    } catch (DocumentException e) {
      return e.problems();
    }
  }

  private List<Problem> checkDocument(Path file, String format, String text) {
    List<DocumentCheck> checks =
        catalogue.entries().values().stream()
            .map(BusbarPlugin::documentChecks)
            .flatMap(List::stream)
            .toList();
    return checks.stream()
        .filter(check -> check.format().equals(format))
        .findFirst()
        .map(check -> check.check(file.toString(), text))
        .orElseGet(() -> List.of(unknown(file, "format '" + format + "'", formats(checks))));
  }

  private List<Problem> checkSettings(Path file, Document document) {
    String id = file.getFileName().toString().replaceAll("\\.ya?ml$", "");
    Optional<SettingsSchema> schema =
        id.equals("busbar")
            ? Optional.of(KernelSettings.schema())
            : catalogue.schema(id).map(url -> new SettingsSchema(id, url));
    return schema
        .map(s -> s.check(document))
        .orElseGet(
            () ->
                List.of(
                    unknown(
                        file,
                        "neither a key 'format' nor the name of a plugin's settings",
                        "<plugin>.yaml with one of " + catalogue.entries().keySet())));
  }

  private static String formats(List<DocumentCheck> checks) {
    return checks.stream().map(DocumentCheck::format).collect(Collectors.joining(", "));
  }

  private static Problem unknown(Path file, String what, String expected) {
    return new Problem(Document.SCHEMA, file.toString(), 1, "", what + "; expected " + expected);
  }
}
