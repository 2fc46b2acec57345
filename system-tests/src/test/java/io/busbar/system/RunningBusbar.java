package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.RealData;
import io.busbar.wire.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The product as a user starts it: the launcher, a process of its own, spoken to over HTTP. */
final class RunningBusbar implements AutoCloseable {

  private static final Duration START =
      Duration.ofSeconds(Integer.getInteger("busbar.start_seconds", 120));

  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000, 31_000));

  private static volatile boolean rehearsed;

  private final Process process;
  private final int port;
  private final Path data;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private RunningBusbar(Process process, int port, Path data) {
    this.process = process;
    this.port = port;
    this.data = data;
    Thread.ofVirtual().start(this::readOutput);
  }

  /**
   * Starts {@code ./busbar demo} on a data folder and waits until it takes requests. The first
   * start rehearses for all others, which wait for it.
   */
  static RunningBusbar demo(Path data, String... options) throws IOException {
    if (!rehearsed) {
      synchronized (RunningBusbar.class) {
        RunningBusbar first = started(data, options);
        rehearsed = true;
        return first;
      }
    }
    return started(data, options);
  }

  private static RunningBusbar started(Path data, String... options) throws IOException {
    int port = freePort();
    RunningBusbar busbar = new RunningBusbar(start(port, data, options), port, data);
    try {
      Awaitility.await("readiness of the demo")
          .atMost(START)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(() -> !busbar.process.isAlive() || busbar.status("/health/ready") == 200);
      assertThat(busbar.process.isAlive()).as("the demo goes on").isTrue();
    } catch (RuntimeException | AssertionError e) {
      busbar.close();
      throw new AssertionError("the demo did not start; it printed:\n" + busbar.output, e);
    }
    return busbar;
  }

  /** Runs the launcher to its end and returns exit code and output. */
  static Ended run(String... words) throws IOException, InterruptedException {
    return run(RealData.repository(), "", words);
  }

  /**
   * The same somewhere else.
   *
   * @param input what the user types
   */
  static Ended run(Path folder, String input, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(RealData.repository().resolve("busbar").toString()));
    command.addAll(List.of(words));
    Process process = builder(command).directory(folder.toFile()).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    return new Ended(process.exitValue(), text);
  }

  record Ended(int exitCode, String output) {}

  private static Process start(int port, Path data, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("./busbar", "demo", "--port", "" + port, "--data", data.toString()));
    command.addAll(List.of("--set", "capability.mqtt.port=" + freePort())); // others run beside
    command.addAll(List.of(options));
    return builder(command).start();
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(RealData.repository().toFile())
            .redirectErrorStream(true);
    builder.environment().put("BUSBAR_BUILD", "never");
    return builder;
  }

  /** A port that nothing listens on, below those that the system gives to connections. */
  static int freePort() {
    while (true) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // somebody has it; the next one, then
      }
    }
  }

  private void readOutput() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(output::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      output.add("(output ended: " + e.getMessage() + ")");
    }
  }

  List<String> output() {
    return output;
  }

  Process process() {
    return process;
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  String token() throws IOException {
    return Files.readString(data.resolve("admin.token")).strip();
  }

  int status(String path) throws IOException, InterruptedException {
    return send("GET", path, null).statusCode();
  }

  /** The body of an answer that must be 200. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(200, "GET", path, null);
  }

  /** The body of an answer that must have this status. */
  JsonNode answer(int status, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isEqualTo(status);
    return RecordJson.mapper().readTree(response.body());
  }

  /** Asks as the engineer; the contract judges what is answered. */
  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, path.startsWith("/api") ? token() : null, body);
  }

  /** The same with another token, or with none. */
  HttpResponse<String> send(
      String method, String path, String token, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(20));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpResponse<String> response =
        http.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    Contract.check(method, path, response);
    return response;
  }

  /**
   * {@code kill -9} of the process or of its database, whichever chance picks, at an instant chance
   * picks.
   *
   * @param least earliest instant from now, milliseconds
   * @param most latest
   * @return whether the whole process was killed
   */
  boolean killEither(SplittableRandom random, long least, long most)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(least, most));
    Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() > until);
    boolean whole = random.nextBoolean();
    if (whole) {
      kill();
    } else {
      killDatabase();
    }
    return whole;
  }

  /** {@code kill -9} of the main process of its PostgreSQL; the others of it go with it. */
  void killDatabase() throws IOException {
    try (var files = Files.walk(data)) {
      Path pid = files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
      long database = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
      ProcessHandle.of(database).orElseThrow().destroyForcibly();
    }
  }

  /** {@code kill -9} of the whole Java process. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Stops it as an operator would and waits for its clean end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not stop within 30 s of SIGTERM; it printed:\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
