package io.busbar.kernel;

import java.util.Arrays;

/** The program behind the launcher: {@code busbar VERB [OPTION…] [WORD…]}. */
public final class Main {

  private Main() {}

  /** Runs one verb and exits with its code: 0 fine, 1 did not work out, 2 wrong words. */
  public static void main(String[] words) {
    boolean server = Arrays.stream(words).findFirst().map(Launcher.SERVING::contains).orElse(false);
    if (!server) {
      System.setProperty("busbar.log.target", "System.err");
      System.setProperty("busbar.log.level", System.getProperty("busbar.log.level", "WARN"));
    }
    System.exit(new Launcher(Installation.ofLauncher(), System.out, System.err).run(words));
  }
}
