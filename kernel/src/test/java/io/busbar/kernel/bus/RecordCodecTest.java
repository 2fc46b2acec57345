package io.busbar.kernel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Bus;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every record of plugin-api survives the way to another node and back. */
final class RecordCodecTest {

  private final RecordCodec codec = new RecordCodec();

  @TestFactory
  Stream<DynamicTest> everyRecordOfTheApiSurvivesTheWire() throws Exception {
    List<Class<?>> records = recordsOfTheApi();
    assertThat(records).as("records found by scanning").hasSizeGreaterThan(40);
    return records.stream()
        .flatMap(
            type ->
                Stream.of(true, false)
                    .map(
                        full ->
                            DynamicTest.dynamicTest(
                                type.getSimpleName() + (full ? ", everything there" : ", empty"),
                                () -> survives(new SampleRecords(full).of(type)))));
  }

  private void survives(Object message) {
    Buffer wire = Buffer.buffer("something before");
    int position = wire.length();
    codec.encodeToWire(wire, message);
    assertThat(codec.decodeFromWire(position, wire)).isEqualTo(message);
  }

  private static List<Class<?>> recordsOfTheApi() throws Exception {
    URI location = Bus.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(location))) {
      return records(Path.of(location));
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location), Map.of())) {
      return records(jar.getPath("/"));
    }
  }

  private static List<Class<?>> records(Path root) throws IOException, ClassNotFoundException {
    List<Class<?>> records = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = root.relativize(file).toString().replace('/', '.').replace(".class", "");
        Class<?> type = name.endsWith("-info") ? Object.class : Class.forName(name);
        boolean travels =
            type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                    .noneMatch(component -> component.getType() == Class.class);
        if (travels) {
          records.add(type);
        }
      }
    }
    return records;
  }

  @Test
  void aClassThatIsNoMessageIsNotReadFromTheWire() {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, new Foreign("x"));
    assertThatThrownBy(() -> codec.decodeFromWire(0, wire))
        .hasMessageContaining(Foreign.class.getName());
  }

  private record Foreign(String value) {}
}
