package io.busbar.modbus.map;

import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.modbus.map.Register.Access;
import io.busbar.modbus.map.Register.Type;
import io.busbar.modbus.wire.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules of a {@code registers.yaml} that a schema cannot say. */
final class MapCheck {

  /** Rule name of a key that is no register. */
  private static final String UNKNOWN_REGISTER = "UNKNOWN_REGISTER";

  private static final String LENGTH = "LENGTH";
  private static final String ACCESS = "ACCESS";

  private final Document document;
  private final RegisterMap map;
  private final List<Problem> problems = new ArrayList<>();

  MapCheck(Document document, RegisterMap map) {
    this.document = document;
    this.map = map;
  }

  List<Problem> problems() {
    map.registers().forEach(this::checkRegister);
    readable("/read/fast", map.read().fast());
    readable("/read/slow", map.read().slow());
    readable("/read/connect", map.read().connect());
    readable("/faults", map.faults());
    readable("/measured/currents", map.measured().currents());
    readable("/measured/voltages", map.measured().voltages());
    readable("/measured", present(List.of(map.measured().power(), map.measured().energy())));
    readable("/status/register", List.of(map.status().register()));
    readable("/setpoint/read_back", List.of(map.setpoint().readBack()));
    readable("/setpoint", present(List.of(map.setpoint().mostRegister())));
    map.setpoint().inForce().ifPresent(f -> readable("/setpoint/in_force", List.of(f.register())));
    readable(
        "/watchdog",
        present(List.of(map.watchdog().timeoutRegister(), map.watchdog().fallbackRegister())));
    readable(
        "/identity",
        present(
            List.of(map.identity().serial(), map.identity().firmware(), map.identity().model())));
    writable("/setpoint/register", map.setpoint().register());
    map.setup().forEach(write -> writable("/setup", write.register()));
    map.setup().forEach(write -> readable("/setup", present(List.of(write.check()))));
    return problems;
  }

  private static List<String> present(List<Optional<String>> keys) {
    return keys.stream().flatMap(Optional::stream).toList();
  }

  private void checkRegister(String key, Register register) {
    int expected = register.type().words();
    boolean free = register.type() == Type.TEXT || register.type() == Type.BYTES;
    if (free ? register.words() == 0 : register.words() != expected) {
      add(
          LENGTH,
          "/registers/" + key,
          free
              ? "a %s needs 'words', its length".formatted(register.type())
              : "a %s has %d words, not %d".formatted(register.type(), expected, register.words()));
    }
    if (register.space() == Space.INPUT && register.access() != Access.R) {
      add(ACCESS, "/registers/" + key, "an input register cannot be written");
    }
  }

  private void readable(String pointer, List<String> keys) {
    for (String key : keys) {
      if (known(pointer, key) && !map.isReadable(map.register(key))) {
        add(ACCESS, pointer, key + " cannot be read");
      }
    }
  }

  private void writable(String pointer, String key) {
    if (known(pointer, key) && map.register(key).access() == Access.R) {
      add(ACCESS, pointer, key + " cannot be written");
    }
  }

  private boolean known(String pointer, String key) {
    boolean known = map.registers().containsKey(key);
    if (!known) {
      add(UNKNOWN_REGISTER, pointer, "there is no register " + key);
    }
    return known;
  }

  private void add(String rule, String pointer, String message) {
    problems.add(document.problem(rule, pointer, message));
  }
}
