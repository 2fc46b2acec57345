package io.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  @TempDir private Path data;

  @Test
  void theFirstStartMakesAnEngineerTokenThatItsOwnerAloneCanRead() throws IOException {
    Tokens tokens = Tokens.open(data);

    Path file = data.resolve("admin.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEqualTo(tokens.adminToken() + "\n");
    assertThat(tokens.find(tokens.adminToken())).contains(new Principal("admin", Role.ENGINEER));
    assertThat(Files.list(data)).containsExactly(file);
  }

  @Test
  void laterStartsKeepIt() {
    assertThat(Tokens.open(data).adminToken()).isEqualTo(Tokens.open(data).adminToken());
  }

  @Test
  void nobodyElseIsFound() {
    Tokens tokens = Tokens.open(data);

    assertThat(tokens.find("")).isEmpty();
    assertThat(tokens.find(tokens.adminToken() + "0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "short"})
  void anEmptyOrShortTokenOpensNothing(String text) throws IOException {
    Files.writeString(data.resolve("admin.token"), text);

    assertThatThrownBy(() -> Tokens.open(data))
        .hasMessageContaining("admin.token: expected a token of at least 16 characters");
  }

  @Test
  void othersComeWithNameRoleAndHash() throws IOException {
    String hash = HexFormat.of().formatHex(Tokens.hash("dana's token"));
    Files.writeString(
        data.resolve("tokens.json"),
        "[{\"name\": \"dana\", \"role\": \"viewer\", \"sha256\": \"%s\"}]".formatted(hash));

    assertThat(Tokens.open(data).find("dana's token")).contains(new Principal("dana", Role.VIEWER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "[7]",
        "[{}]",
        "[{\"name\": \"a\", \"role\": \"king\", \"sha256\": \"00\"}]",
        "[{\"name\": \"a\", \"role\": \"viewer\", \"sha256\": \"00\"}]",
        "[{\"name\": \"a\", \"role\": \"viewer\", \"sha256\": \"no hex\"}]",
        "[{\"name\": 5, \"role\": \"viewer\", \"sha256\": \"00\"}]"
      })
  void aFileOfTokensThatCannotBeUsedIsNamed(String text) throws IOException {
    Files.writeString(data.resolve("tokens.json"), text);

    assertThatThrownBy(() -> Tokens.open(data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tokens.json, entry 1: expected {\"name\"");
  }
}
