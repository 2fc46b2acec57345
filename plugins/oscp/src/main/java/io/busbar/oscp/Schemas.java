package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.Problem;
import io.busbar.documents.DocumentSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** JSON schemas of all bodies, in and out. */
final class Schemas {

  private static final Map<String, DocumentSchema> BY_NAME =
      Arrays.stream(Action.values())
          .map(Action::schema)
          .distinct()
          .collect(Collectors.toMap(Function.identity(), Schemas::load));

  private Schemas() {}

  private static DocumentSchema load(String name) {
    return DocumentSchema.load(Schemas.class.getResource("/schema/" + name + ".json"));
  }

  /** What is wrong with a body, first thing first; empty when nothing is. Never shows a token. */
  static Optional<String> problem(Action action, JsonNode body) {
    List<Problem> problems = BY_NAME.get(action.schema()).check(action.path(), body);
    return problems.stream().findFirst().map(Schemas::sentence);
  }

  private static String sentence(Problem problem) {
    if (problem.path().startsWith("token")) {
      return "token: expected a text that is not empty";
    }
    return problem.path().isEmpty() ? problem.message() : problem.path() + ": " + problem.message();
  }
}
