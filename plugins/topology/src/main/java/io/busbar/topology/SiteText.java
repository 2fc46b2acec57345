package io.busbar.topology;

import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.busbar.documents.DocumentSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the text of a site file, or says everything that is wrong with it. */
final class SiteText {

  /** Value of the top-level key {@code format}. */
  static final String FORMAT = "busbar-site/1";

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load(SiteText.class.getResource("site.schema.json"));

  private SiteText() {}

  /** What came of reading. */
  sealed interface Reading {

    /** A site that keeps every rule. */
    record Good(Document document, Site site) implements Reading {}

    /** Everything found, in the order of the text. */
    record Bad(List<Problem> problems) implements Reading {}
  }

  /**
   * Reads and checks, all checks at once as far as the text can be understood.
   *
   * @param depotId the depot it must describe, when somebody expects one
   */
  static Reading read(String name, String text, Optional<UUID> depotId) {
    try {
      return check(Document.parse(name, text), depotId);
    } catch (DocumentException e) {
      return new Reading.Bad(e.problems());
    }
  }

  private static Reading check(Document document, Optional<UUID> depotId) {
    List<Problem> schema = SCHEMA.check(document);
    SiteParser parser = new SiteParser(document);
    Site site = parser.parse();
    List<Problem> problems = new ArrayList<>(schema);
    parser.problems().stream().filter(p -> !explained(p, schema)).forEach(problems::add);
    problems.addAll(new SiteRules(document, site).check());
    depotId.flatMap(expected -> mismatch(document, site, expected)).ifPresent(problems::add);
    if (problems.isEmpty()) {
      return new Reading.Good(document, site);
    }
    Set<Problem> distinct = new LinkedHashSet<>(problems);
    return new Reading.Bad(
        distinct.stream().sorted(Comparator.comparingInt(Problem::line)).toList());
  }

  /** A rating is not missing where the schema has already said that it is wrong or misspelt. */
  private static boolean explained(Problem problem, List<Problem> schema) {
    return problem.rule().equals("MISSING_RATING")
        && schema.stream()
            .map(p -> p.path() + '.')
            .anyMatch(p -> p.startsWith(problem.path() + '.') || p.startsWith("defaults."));
  }

  private static Optional<Problem> mismatch(Document document, Site site, UUID expected) {
    UUID found = new SiteIds(site.depot().id()).depotId();
    if (site.depot().id().isEmpty() || found.equals(expected)) {
      return Optional.empty();
    }
    String message = "describes depot '%s' (%s), expected was depot %s";
    return Optional.of(
        document.problem(
            "DEPOT_MISMATCH", "/depot/id", message.formatted(site.depot().id(), found, expected)));
  }
}
