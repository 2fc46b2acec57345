package io.busbar.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A {@link ModbusField} that runs beside. */
final class ModbusFieldProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final List<Integer> ports;

  ModbusFieldProcess(int chargers) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                ModbusField.class.getName(),
                "" + chargers)
            .redirectError(Redirect.INHERIT)
            .start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    ports = numbers().stream().map(Math::toIntExact).toList();
  }

  private List<Long> numbers() throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(ModbusField.ANSWER)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the chargers' process ended");
    }
    String numbers = line.substring(ModbusField.ANSWER.length());
    return numbers.isBlank()
        ? List.of()
        : Arrays.stream(numbers.split(" ")).map(Long::valueOf).toList();
  }

  List<Integer> ports() {
    return ports;
  }

  /** When chargers were set to something else after an instant of {@link System#nanoTime}. */
  List<Long> changesAfter(long nanoTime) throws IOException {
    input.write(nanoTime + "\n");
    input.flush();
    return numbers();
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
  }
}
