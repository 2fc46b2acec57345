package io.busbar.kernel.plugins;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder for jars that come, change and go. It looks once a second; a jar is taken when
 * it looked the same twice, so that one still being copied is left alone.
 */
public final class DropInFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DropInFolder.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private record Look(long size, long modified) {}

  private final Path folder;
  private final PluginHost host;
  private final ReentrantLock looking = new ReentrantLock();
  private final Map<Path, Look> seen = new HashMap<>();
  private final Map<Path, Look> taken = new HashMap<>();

  public DropInFolder(Path folder, PluginHost host) {
    this.folder = folder;
    this.host = host;
  }

  /**
   * Takes what is there already, then keeps watching.
   *
   * @param wallClock its timers; files change in real time, whatever the kernel's clock says
   */
  public Registration watch(Scheduler wallClock) {
    look();
    look();
    return wallClock.every(PERIOD, PERIOD, () -> Thread.startVirtualThread(this::look));
  }

  /** One look at the folder, unless another is still at it. */
  void look() {
    if (looking.tryLock()) {
      try {
        takeChanges();
      } finally {
        looking.unlock();
      }
    }
  }

  private void takeChanges() {
    Map<Path, Look> now = list();
    Set<Path> gone = new HashSet<>(taken.keySet());
    gone.removeIf(file -> taken.get(file).equals(now.get(file)));
    for (Path file : gone) {
      taken.remove(file);
      host.takeOut(file);
    }
    now.forEach(
        (file, look) -> {
          if (!taken.containsKey(file) && look.equals(seen.get(file))) {
            taken.put(file, look);
            host.dropIn(file);
          }
        });
    seen.clear();
    seen.putAll(now);
  }

  private Map<Path, Look> list() {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .collect(Collectors.toMap(file -> file, DropInFolder::lookAt));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot look into {}: {}", folder, e.getMessage());
      return Map.copyOf(seen);
    }
  }

  private static Look lookAt(Path file) {
    try {
      return new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      return new Look(-1, System.identityHashCode(e));
    }
  }
}
