package io.busbar.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMap.SetupWrite;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.Space;
import io.busbar.wire.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A charger of a vendor played by somebody else's program: pymodbus serves the words of the
 * vendor's register image, and shows what is written where the vendor's devices show it.
 */
final class PymodbusCharger implements AutoCloseable {

  private final Process process;
  private final Framing framing;
  private final int port;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request that the program saw; the words are those that it read or wrote. */
  record Asked(double second, boolean write, int unit, int address, List<Integer> words) {

    static Asked of(String line) {
      String[] words = line.split(" ");
      return new Asked(
          Double.parseDouble(words[0]),
          words[1].equals("write"),
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          Arrays.stream(words).skip(4).map(Integer::valueOf).toList());
    }
  }

  private PymodbusCharger(Process process, BufferedReader lines, Framing framing, int port) {
    this.process = process;
    this.framing = framing;
    this.port = port;
    Thread.ofVirtual()
        .start(
            () -> lines.lines().filter(line -> !line.isBlank()).map(Asked::of).forEach(asked::add));
  }

  /** Starts it and waits until it serves; skips the test where the program is missing. */
  static PymodbusCharger start(Vendor vendor, Path folder) throws IOException {
    Path python = Peer.python("pymodbus.server");
    Path script = Files.createTempFile(folder, "charger", ".py");
    try (var text = PymodbusCharger.class.getResourceAsStream("charger.py")) {
      Files.write(script, text.readAllBytes());
    }
    Process process =
        new ProcessBuilder(python.toString(), script.toString())
            .redirectError(folder.resolve("pymodbus.log").toFile())
            .start();
    process.getOutputStream().write((question(vendor) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = lines.readLine();
    if (first == null || !first.startsWith("port ")) {
      throw new AssertionError(
          "pymodbus does not serve: " + Files.readString(folder.resolve("pymodbus.log")));
    }
    Framing framing = vendor.map().transport().framings().getFirst();
    return new PymodbusCharger(process, lines, framing, Integer.parseInt(first.substring(5)));
  }

  private static ObjectNode question(Vendor vendor) {
    RegisterMap map = vendor.map();
    ObjectNode question = RecordJson.mapper().createObjectNode();
    Framing framing = map.transport().framings().getFirst();
    question.put("framing", framing.name().toLowerCase(Locale.ROOT));
    ObjectNode units = question.putObject("units");
    Map<String, Vendor.Example> image = vendor.image();
    map.registers()
        .forEach(
            (key, register) -> {
              ObjectNode unit = units.withObject("/" + vendor.unit(register));
              unit.withObject("/holding");
              unit.withObject("/input");
              ObjectNode table =
                  unit.withObject(register.space() == Space.INPUT ? "/input" : "/holding");
              int[] words =
                  image.containsKey(key) ? image.get(key).words() : new int[register.words()];
              for (int i = 0; i < words.length; i++) {
                table.put(Integer.toString(register.address() + i), words[i]);
              }
            });
    ArrayNode shows = question.putArray("shows");
    shows(shows, vendor, map.setpoint().register(), map.setpoint().readBack());
    for (SetupWrite write : map.setup()) {
      write.check().ifPresent(check -> shows(shows, vendor, write.register(), check));
    }
    return question;
  }

  private static void shows(ArrayNode rules, Vendor vendor, String written, String shown) {
    Register from = vendor.map().register(written);
    Register at = vendor.map().register(shown);
    if (from.address() != at.address()) {
      rules
          .addObject()
          .put("unit", vendor.unit(from))
          .put("from", from.address())
          .put("words", from.words())
          .put("at", at.address())
          .put("as", at.words());
    }
  }

  io.busbar.modbus.wire.Peer peer() {
    return new io.busbar.modbus.wire.Peer("127.0.0.1", port, framing);
  }

  /** Every request so far, oldest first. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
