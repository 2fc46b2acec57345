package io.busbar.kernel.plugins;

import java.util.List;

/** The kernel will not run like this; every reason is listed. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Refusal(List<String> reasons) {
    super(String.join("\n", reasons));
  }
}
