package io.busbar.kernel;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code run} and {@code demo}: serves until it is told to stop. */
@CommandLine.Command
final class ServeVerb implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServeVerb.class);

  /** Set by the launcher: start everything, stop at once. */
  private static final String REHEARSAL = "busbar.rehearsal";

  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

  private final Installation installation;
  private final PrintStream out;
  private final String[] overlays;

  @Mixin private Options options = new Options();
  @Spec private CommandSpec spec;

  ServeVerb(Installation installation, PrintStream out, String... overlays) {
    this.installation = installation;
    this.out = out;
    this.overlays = overlays.clone();
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec.commandLine();
    double speed = options.speed(line);
    CompletableFuture<Kernel> kernel = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(kernel)));
    try {
      kernel.complete(start(line, speed));
    } finally {
      kernel.cancel(false);
    }
    if (Boolean.getBoolean(REHEARSAL)) {
      return 0;
    }
    long upMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    out.println("Ready in " + upMillis + " ms. Stop with Ctrl-C.");
    new CountDownLatch(1).await();
    return 0;
  }

  private Kernel start(CommandLine line, double speed) {
    return Kernel.run(
        installation,
        () -> options.settings(installation, line, overlays),
        options.data(installation),
        speed);
  }

  /**
   * Stops what has started, when it has; a start that failed has stopped it already. Every step has
   * its own bound, and whatever hangs beyond them does not keep the process.
   */
  private static void stop(CompletableFuture<Kernel> kernel) {
    try {
      kernel
          .thenAcceptAsync(
              started -> {
                LOG.info("stopping");
                started.close();
                LOG.info("stopped");
              })
          .get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not everything stopped within {} s", LONGEST_STOP.toSeconds());
    } catch (CancellationException | ExecutionException e) {
      LOG.debug("nothing to stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
