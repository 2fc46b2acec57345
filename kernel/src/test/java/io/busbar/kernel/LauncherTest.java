package io.busbar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.kernel.plugins.PluginSource;
import io.busbar.testkit.TestJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at the command line gets to read, and the exit code a script gets. */
final class LauncherTest {

  private static final String VERBS =
      """
      public List<DocumentCheck> documentChecks() {
        return List.of(new DocumentCheck() {
          public String format() { return "greeting/1"; }
          public List<Problem> check(String name, String text) {
            return text.contains("hello") ? List.of()
                : List.of(new Problem("POLITE", name, 2, "words", "expected hello"));
          }
        });
      }
      public List<Command> commands() {
        return List.of(new Command() {
          public String name() { return "greet"; }
          public String summary() { return "Greets somebody."; }
          public String usage() { return "busbar greet NAME"; }
          public int run(List<String> words, CommandContext context) throws Exception {
            if (words.equals(List.of("virtual"))) { return virtual(context); }
            context.out().println("hello " + words + " at speed " + context.speed());
            return words.isEmpty() ? 1 : 0;
          }
        });
      }
      static int virtual(CommandContext context) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        try (VirtualRun run = context.startVirtual(start, new io.vertx.core.json.JsonObject())) {
          List<String> ticks = new ArrayList<>();
          run.bus().hear(Topic.of("test.tick.v1", KernelReady.class), t -> ticks.add("" + t.at()));
          run.advance(Duration.ofHours(2));
          context.out().println(ticks);
        }
        return 0;
      }
      """;

  @TempDir private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void install() throws IOException {
    for (String folder : new String[] {"config", "bundled", "plugins"}) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve("config/busbar.yaml"), "database: {url: none}\n");
    String start =
        """
        plugin.scheduler().every(Duration.ofHours(1), Duration.ofHours(1), () ->
            plugin.bus().tell(Topic.of("test.tick.v1", KernelReady.class),
                new KernelReady(plugin.clock().instant())));
        """;
    String source = PluginSource.entry("", "", start);
    String withVerbs =
        source.replace("public Set<Address> provides()", VERBS + "public Set<Address> provides()");
    TestJar.plugin("greeter")
        .source("test.Entry", withVerbs)
        .extension("test.Entry")
        .file(
            "config.schema.json",
            "{\"type\": \"object\", \"additionalProperties\": false,"
                + " \"properties\": {\"volume\": {\"type\": \"integer\", \"default\": 1}}}")
        .into(root.resolve("bundled"));
  }

  private int run(String... words) {
    Installation installation = new Installation(root, root.resolve("bundled"), root);
    return new Launcher(installation, stream(out), stream(err)).run(words);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(root.resolve(name), text);
  }

  @Test
  void helpNamesEveryVerbThoseOfPluginsToo() {
    assertThat(run("--help")).isZero();
    assertThat(out()).contains("demo", "run", "config", "plugins", "greet", "Greets somebody.");
  }

  @Test
  void helpSaysWhatDemoAndRunDoNotHaveInCommon() {
    assertThat(run("demo", "--help")).isZero();
    assertThat(out()).contains("Usage: busbar demo", "two simulated sites");
    out.reset();
    assertThat(run("run", "--help")).isZero();
    assertThat(out()).contains("Usage: busbar run", "without the simulator");
  }

  @Test
  void aDataFolderThatCannotBeOneIsNamedWithTheReason() throws Exception {
    Path file = write("file", "");
    assertThat(run("run", "--data", file.toString())).isEqualTo(2);
    assertThat(run("run", "--data", file.resolve("below").toString())).isEqualTo(2);
    assertThat(err().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains(file.toString(), "--data"))
        .allSatisfy(line -> assertThat(line).doesNotContain("java.", "Exception"));
  }

  @Test
  void noWordsShowTheUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(out()).contains("Usage: busbar");
  }

  @Test
  void anUnknownVerbIsOneMessage() {
    assertThat(run("dmeo")).isEqualTo(2);
    assertThat(err()).startsWith("busbar: ").contains("dmeo").contains("demo");
  }

  @Test
  void anUnknownOptionIsOneMessage() {
    assertThat(run("run", "--prot", "1")).isEqualTo(2);
    assertThat(err()).startsWith("busbar: Unknown option").contains("--prot");
  }

  @Test
  void wrongValuesOfOptionsAreOneMessageEach() {
    assertThat(run("run", "--speed", "fast")).isEqualTo(2);
    assertThat(run("run", "--port", "x")).isEqualTo(2);
    assertThat(run("run", "--config", "not-there.yaml")).isEqualTo(2);
    assertThat(run("run", "--set", "nonsense")).isEqualTo(2);
    assertThat(run("run", "--set", "busbar.plugins.foldr=x")).isEqualTo(2);
    assertThat(err().lines())
        .anySatisfy(line -> assertThat(line).contains("--speed fast: expected a number"))
        .anySatisfy(line -> assertThat(line).contains("'--port'").contains("x"))
        .anySatisfy(line -> assertThat(line).contains("--config not-there.yaml: no such file"))
        .anySatisfy(line -> assertThat(line).contains("expected plugin.key=value"))
        .anySatisfy(line -> assertThat(line).contains("plugins.foldr"));
  }

  @Test
  void pluginsAreListedWithWhatIsWrongWithThem() throws Exception {
    assertThat(run("plugins")).isZero();
    assertThat(out()).contains("greeter  1.0.0, greeter.jar, bundled, enabled");
    PluginSource.answering("extra", "x").into(root.resolve("plugins"));
    Files.writeString(root.resolve("plugins/bad.jar"), "no jar");
    assertThat(run("plugins", "--set", "busbar.plugins.disabled=[greeter]")).isEqualTo(1);
    assertThat(out())
        .contains("greeter.jar, bundled, disabled")
        .contains("extra  1.0.0, extra.jar, dropped in, enabled")
        .contains("provides  test.echo.v1")
        .contains("bad.jar  REFUSED: bad.jar: not a readable jar");
  }

  @Test
  void configCheckSaysWhatIsWrongWhere() throws Exception {
    assertThat(run("config", "check", write("greeter.yaml", "\nvolume: loud\n").toString()))
        .isEqualTo(1);
    assertThat(out()).contains("greeter.yaml:2: volume: ");
    write("words.yaml", "format: greeting/1\nwords: none\n");
    assertThat(run("config", "check", "words.yaml")).isEqualTo(1);
    assertThat(out()).contains("words.yaml:2: words: expected hello");
    write("broken.yaml", "a: [1\n");
    assertThat(run("config", "check", "broken.yaml")).isEqualTo(1);
    write("unknown.yaml", "format: other/1\n");
    assertThat(run("config", "check", "unknown.yaml")).isEqualTo(1);
    assertThat(out()).contains("greeting/1");
  }

  @Test
  void configCheckSaysSoWhenAllIsWell() throws Exception {
    write("greeter.yaml", "volume: 3\n");
    write("words.yaml", "format: greeting/1\nwords: hello\n");
    assertThat(run("config", "check", "greeter.yaml", "words.yaml", "config/busbar.yaml")).isZero();
    assertThat(out()).contains("greeter.yaml: fine", "words.yaml: fine", "busbar.yaml: fine");
  }

  @Test
  void configCheckOfAFileThatCannotBeReadIsAWrongWord() {
    assertThat(run("config", "check", "not-there.yaml")).isEqualTo(2);
    assertThat(err()).contains("not-there.yaml: cannot be read");
  }

  @Test
  void aVerbOfAPluginGetsItsWordsAndTheOptionsOfEverybody() {
    assertThat(run("greet", "you", "--speed", "2", "--loud")).isZero();
    assertThat(out()).contains("hello [you, --loud] at speed 2.0");
    assertThat(run("greet")).isEqualTo(1);
    assertThat(run("greet", "--help")).isZero();
    assertThat(out()).contains("busbar greet NAME");
  }

  @Test
  void aVerbOfAPluginMayRunAKernelInVirtualTime() {
    assertThat(run("greet", "virtual")).as("%s", err).isZero();
    assertThat(out()).contains("[2026-01-01T01:00:00Z, 2026-01-01T02:00:00Z]");
  }

  @Test
  void aBundledJarThatIsNoPluginIsNamed() throws Exception {
    Files.writeString(root.resolve("bundled/bad.jar"), "no jar");
    assertThat(run("plugins")).isEqualTo(2);
    assertThat(err()).contains("bad.jar: not a readable jar");
    assertThat(run("run")).isEqualTo(2);
  }
}
