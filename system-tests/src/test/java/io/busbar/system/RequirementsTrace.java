package io.busbar.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ties {@code docs/requirements.csv} to the tests tagged with {@code @Verifies}, read from the
 * sources.
 *
 * @param requirements in the order of the file
 * @param testsById names of tests, {@code Class} or {@code Class.method}, by requirement id
 */
record RequirementsTrace(List<Requirement> requirements, Map<String, TreeSet<String>> testsById) {

  /** What Busbar says of a requirement today. */
  enum Claim {
    DONE,
    PARTLY,
    PLANNED
  }

  record Requirement(String id, String area, String text, Claim claim) {}

  private static final Pattern TAG =
      Pattern.compile("@Verifies\\(\\s*\\{?([^)}]*)}?\\s*\\)(.*?)\\{", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("\"([A-Z]+-[0-9]+)\"");
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface)\\s+(\\w+)");
  private static final Pattern METHOD = Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(");

  static RequirementsTrace read(Path repository) {
    Map<String, TreeSet<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(repository)) {
      files
          .filter(file -> file.toString().matches(".*/src/test/java/.*\\.java"))
          .forEach(file -> collect(file, tests));
      List<Requirement> requirements =
          Files.readAllLines(repository.resolve("docs/requirements.csv")).stream()
              .skip(1)
              .map(RequirementsTrace::requirement)
              .toList();
      return new RequirementsTrace(requirements, tests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Requirement requirement(String line) {
    List<String> cells = Arrays.asList(line.split(",", -1));
    if (cells.size() != 4) {
      throw new IllegalArgumentException(
          "docs/requirements.csv: expected id,area,requirement,claim but got: " + line);
    }
    return new Requirement(
        cells.get(0), cells.get(1), cells.get(2), Claim.valueOf(cells.get(3).toUpperCase()));
  }

  private static void collect(Path file, Map<String, TreeSet<String>> tests) {
    try {
      Matcher tag = TAG.matcher(Files.readString(file));
      String owner = file.getFileName().toString().replace(".java", "");
      while (tag.find()) {
        String declaration = tag.group(2);
        Matcher method = METHOD.matcher(declaration);
        Matcher type = TYPE.matcher(declaration);
        String name =
            type.find() ? type.group(1) : method.find() ? owner + "." + method.group(1) : owner;
        Matcher id = ID.matcher(tag.group(1));
        while (id.find()) {
          tests.computeIfAbsent(id.group(1), key -> new TreeSet<>()).add(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything wrong: ids nobody knows, claims without a test. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    List<String> known = requirements.stream().map(Requirement::id).toList();
    testsById.forEach(
        (id, tests) -> {
          if (!known.contains(id)) {
            problems.add(tests + " verify " + id + ", which docs/requirements.csv does not have");
          }
        });
    for (Requirement requirement : requirements) {
      if (requirement.claim() != Claim.PLANNED && !testsById.containsKey(requirement.id())) {
        problems.add(
            "%s is claimed %s, but no test is tagged @Verifies(\"%s\")"
                .formatted(requirement.id(), requirement.claim(), requirement.id()));
      }
    }
    return problems;
  }

  /** The page {@code docs/requirements.md}. */
  String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Requirements and the tests that verify them

            Generated from `requirements.csv` and the `@Verifies` tags of the tests; do not edit. Renew it with
            `mvn -pl system-tests -am test -Dtest=RequirementsTraceTest -Dbusbar.renew-docs=true
            -Dsurefire.failIfNoSpecifiedTests=false`.

            """);
    for (Claim claim : Claim.values()) {
      long count = requirements.stream().filter(r -> r.claim() == claim).count();
      page.append("* %s: %d%n".formatted(claim.name().toLowerCase(), count));
    }
    page.append("\n| id | area | requirement | claim | tests |\n|---|---|---|---|---|\n");
    for (Requirement requirement : requirements) {
      String tests = String.join("<br>", testsById.getOrDefault(requirement.id(), new TreeSet<>()));
      page.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  requirement.id(),
                  requirement.area(),
                  requirement.text(),
                  requirement.claim().name().toLowerCase(),
                  tests));
    }
    return page.toString();
  }
}
