package io.busbar.kernel;

import io.busbar.api.Bus;
import io.busbar.api.Scheduler;
import io.busbar.api.VirtualRun;
import io.busbar.kernel.config.Settings;
import io.busbar.virtual.VirtualTime;
import io.busbar.wire.RecordJson;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** A kernel in virtual time with a data folder that ends with it. */
final class VirtualKernel implements VirtualRun {

  private final VirtualTime time;
  private final Path data;
  private final Kernel kernel;

  VirtualKernel(Installation installation, Settings settings, Instant start, JsonObject values) {
    try {
      data = Files.createTempDirectory("busbar-virtual");
      settings.add("scenario settings", RecordJson.mapper().readTree(values.encode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    time = Time.virtual(start);
    kernel = Kernel.virtual(installation, settings, data, time);
  }

  @Override
  public Bus bus() {
    return kernel.surroundings().bus();
  }

  @Override
  public Clock clock() {
    return time;
  }

  @Override
  public Scheduler scheduler() {
    return time;
  }

  @Override
  public void advance(Duration by) {
    time.advance(by);
  }

  @Override
  public void close() {
    kernel.close();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
