package io.busbar.kernel.config;

import io.busbar.api.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; every problem found is listed. */
public final class InvalidSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidSettings(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
