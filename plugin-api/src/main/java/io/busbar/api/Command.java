package io.busbar.api;

import java.util.List;

/** A verb that a plugin adds to the launcher. */
public interface Command {

  /** Exit code for wrong words on the command line. */
  int USAGE = 2;

  /** The verb, for example {@code allocate}. */
  String name();

  /** One line for {@code ./busbar --help}. */
  String summary();

  /** The text of {@code ./busbar NAME --help}. */
  String usage();

  /**
   * Runs it, on a virtual thread.
   *
   * @param arguments what stands behind the verb, options that belong to every verb removed
   * @return the exit code: 0 fine, 1 did not work out, {@link #USAGE} wrong words
   */
  int run(List<String> arguments, CommandContext context) throws Exception;
}
