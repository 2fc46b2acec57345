package io.busbar.documents;

import io.busbar.api.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A text that is no document at all; {@link #problems()} says why, with lines. */
public final class DocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  DocumentException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything found, at least one, in the order of the text. */
  public List<Problem> problems() {
    return problems;
  }
}
