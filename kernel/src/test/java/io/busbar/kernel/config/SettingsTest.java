package io.busbar.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["name"],
       "properties": {
         "port": {"type": "integer", "minimum": 1, "maximum": 65535, "default": 8080},
         "name": {"type": "string"},
         "key": {"type": "string", "writeOnly": true, "default": ""},
         "tls": {"type": "object", "additionalProperties": false, "default": {},
           "properties": {"enabled": {"type": "boolean", "default": false},
                          "min_version": {"type": "string", "default": "1.3"}}}}}
      """;

  @TempDir private Path folder;

  private SettingsSchema schema() {
    return new SettingsSchema("web", url(write("schema.json", SCHEMA)));
  }

  private static java.net.URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Settings settings(Map<String, String> environment) {
    return new Settings(environment, folder);
  }

  private JsonObject resolve(Settings settings) {
    return schema().resolve(settings).value();
  }

  @Test
  void laterLayersGoBeforeEarlierOnesKeyByKey() {
    write("config/web.yaml", "name: file\nport: 1\ntls: {enabled: true}\n");
    write("config/demo/web.yaml", "port: 2\ntls: {min_version: '1.2'}\n");
    Settings settings =
        settings(Map.of("BUSBAR_WEB_PORT", "3", "BUSBAR_WEB_TLS_ENABLED", "false"))
            .add(folder.resolve("config"))
            .add(folder.resolve("config/demo"))
            .set("web.port=4");
    assertThat(resolve(settings))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "file", "port": 4, "key": "",
                 "tls": {"enabled": false, "min_version": "1.2"}}
                """));
  }

  @Test
  void aFileOfSettingsWithoutPluginNamesIsRefusedWithItsLines() {
    Path file = write("web.yaml", "name: x\nweb: {port: 3}\nport: 80\n");
    assertThatThrownBy(() -> settings(Map.of()).add(file))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("web.yaml:1: name: expected the settings of a plugin named 'name'")
        .hasMessageContaining("web.yaml:3: port: ");
  }

  @Test
  void whatNobodyGaveComesFromTheSchema() {
    assertThat(resolve(settings(Map.of()).set("web.name=x")))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "x", "port": 8080, "key": "",
                 "tls": {"enabled": false, "min_version": "1.3"}}
                """));
  }

  @Test
  void whatLooksLikeANumberStaysTextWhereTextIsWanted() {
    Settings settings = settings(Map.of("BUSBAR_WEB_NAME", "0815")).set("web.tls.min_version=1.2");
    assertThat(resolve(settings).getString("name")).isEqualTo("0815");
    assertThat(resolve(settings).getJsonObject("tls").getString("min_version")).isEqualTo("1.2");
  }

  @Test
  void everyMistakeIsNamedWithFileLineAndPath() {
    Path file = write("config/web.yaml", "name: n\n\nport: 70000\nportt: 1\n");
    assertThatThrownBy(() -> resolve(settings(Map.of()).add(folder.resolve("config"))))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(file + ":3: port: ")
        .hasMessageContaining(file + ":4: portt: ");
  }

  @Test
  void aFileForSeveralPluginsKeepsItsLines() {
    Path file = write("site.yaml", "other:\n  a: 1\nweb:\n  name: n\n  port: none\n");
    assertThatThrownBy(() -> resolve(settings(Map.of()).add(file)))
        .hasMessageContaining(file + ":5: port: ");
  }

  @Test
  void aMistakeInTheEnvironmentNamesTheVariable() {
    assertThatThrownBy(() -> resolve(settings(Map.of("BUSBAR_WEB_PORT", "many")).set("web.name=x")))
        .hasMessageContaining("environment variable BUSBAR_WEB_PORT")
        .hasMessageContaining("port");
  }

  @Test
  void aVariableThatNobodyKnowsIsAStranger() {
    write("config/web.yaml", "name: n\nkey: ${env:BUSBAR_KEY}\n");
    Settings settings =
        settings(
                Map.of(
                    "BUSBAR_WEB_PROT", "1",
                    "BUSBAR_WEB_PORT", "1",
                    "BUSBAR_WEB_TLS_ENABLED", "true",
                    "BUSBAR_KEY", "secret",
                    "BUSBAR_JAVA_OPTS", "-Xmx1g",
                    "HOME", "/"))
            .add(folder.resolve("config"));
    assertThat(settings.strangers(schema().variables())).containsExactly("BUSBAR_WEB_PROT");
  }

  @Test
  void whatIsRequiredMayComeFromAnyLayerButMustComeFromOne() {
    assertThatThrownBy(() -> resolve(settings(Map.of())))
        .hasMessageContaining("settings of web: ")
        .hasMessageContaining("name");
  }

  @Test
  void secretsComeByReferenceAndAreNeverShown() {
    write("secret.txt", "from the file\n");
    Settings byFile = settings(Map.of()).set("web.name=x").set("web.key=${file:secret.txt}");
    assertThat(resolve(byFile).getString("key")).isEqualTo("from the file");
    Settings byVariable =
        settings(Map.of("WEB_KEY", "hush", "BUSBAR_WEB_KEY", "${env:WEB_KEY}")).set("web.name=x");
    assertThat(resolve(byVariable).getString("key")).isEqualTo("hush");
    assertThat(schema().resolve(byVariable).shown()).contains("${env:WEB_KEY}");
    assertThat(schema().resolve(byVariable).shown()).doesNotContain("hush");
  }

  @Test
  void aSecretWrittenOutIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> resolve(settings(Map.of()).set("web.name=x").set("web.key=hush")))
        .hasMessageContaining("key: a secret must be a reference")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void aReferenceToNothingIsNamed() {
    assertThatThrownBy(
            () -> resolve(settings(Map.of()).set("web.name=x").set("web.key=${env:NOT_THERE}")))
        .hasMessageContaining("key: environment variable NOT_THERE does not exist");
  }

  @Test
  void anAssignmentWithoutKeyIsRefused() {
    assertThatThrownBy(() -> settings(Map.of()).set("port=1"))
        .hasMessageContaining("expected plugin.key=value");
  }

  @Test
  void aFileOfCommentsOnlySaysNothing() {
    write("config/web.yaml", "# nothing yet\n");
    Settings settings = settings(Map.of()).add(folder.resolve("config")).set("web.name=x");
    assertThat(resolve(settings).getInteger("port")).isEqualTo(8080);
  }
}
