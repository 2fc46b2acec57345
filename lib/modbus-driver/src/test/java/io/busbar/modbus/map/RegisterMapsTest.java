package io.busbar.modbus.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Problem;
import io.busbar.modbus.map.ReadPlan.Block;
import io.busbar.modbus.wire.WriteFunction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Register maps: what is wrong with them is said, and what is right becomes requests. */
class RegisterMapsTest {

  private static final String MAP =
      """
      format: busbar-registers/1
      driver: acme
      vendor: Acme
      models: [One]
      points: { max: 2, addressing: stride, stride: 100 }
      limits: { max_read_registers: 8 }
      status: { register: state, values: { "0": none, "1": charging } }
      setpoint: { register: limit, unit: A, read_back: limit }
      watchdog: { fed_by: setpoint }
      read: { fast: [power, state, limit, far, energy] }
      registers:
        state: { address: 100, type: uint16, meaning: state }
        between: { address: 101, type: uint32, meaning: not asked for }
        power: { address: 103, type: uint32, meaning: power }
        energy: { address: 106, type: uint16, meaning: behind a hole }
        far: { address: 107, type: text, words: 6, meaning: too long to be joined }
        limit: { address: 200, type: uint16, access: rw, meaning: limit }
        serial: { address: 7, type: uint16, scope: station, meaning: serial }
      """;

  private static List<String> rules(String map) {
    return RegisterMaps.check("map", map).stream().map(Problem::rule).toList();
  }

  @Test
  void whatIsNotSaidFollowsFromTheType() {
    Register power = RegisterMaps.parse("map", MAP).register("power");

    assertThat(power.words()).isEqualTo(2);
    assertThat(power.write()).isEqualTo(WriteFunction.MULTIPLE);
    assertThat(power.scale()).isEqualTo(1);
  }

  @Test
  void problemsAreNamedWithTheirLines() {
    String wrong = MAP.replace("register: state,", "register: stat,");

    assertThat(RegisterMaps.check("map", wrong))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(7);
              assertThat(problem.message()).isEqualTo("there is no register stat");
            });
    assertThatThrownBy(() -> RegisterMaps.parse("map", wrong)).hasMessageContaining("map:7");
  }

  @Test
  void whatASchemaCannotSayIsCheckedToo() {
    assertThat(
            rules(
                MAP.replace("type: uint32, meaning: power", "type: uint32, words: 3, meaning: p")))
        .containsExactly("LENGTH");
    assertThat(rules(MAP.replace("words: 6, ", ""))).contains("LENGTH");
    assertThat(rules(MAP.replace("access: rw, ", ""))).containsExactly("ACCESS");
    assertThat(rules(MAP.replace("access: rw", "access: w"))).contains("ACCESS");
    assertThat(rules(MAP.replace("fed_by: setpoint", "fed_by: magic"))).containsExactly("SCHEMA");
  }

  private static List<String> blocks(RegisterMap map, Set<String> missing, int point) {
    return ReadPlan.of(map, map.read().fast(), missing, point).blocks().stream()
        .map(RegisterMapsTest::text)
        .toList();
  }

  private static String text(Block block) {
    return block.address() + "x" + block.count();
  }

  @Test
  void neighboursAreReadTogetherOverKnownRegistersButNotOverHolesNorTooMany() {
    RegisterMap map = RegisterMaps.parse("map", MAP);

    assertThat(blocks(map, Set.of(), 1)).containsExactly("100x5", "106x7", "200x1");
    assertThat(blocks(map, Set.of("between"), 1))
        .as("what a device does not have is a hole")
        .containsExactly("100x1", "103x2", "106x7", "200x1");
    assertThat(blocks(map, Set.of("far"), 1)).containsExactly("100x5", "106x1", "200x1");
  }

  @Test
  void theSecondConnectorIsAStrideFurtherTheStationIsNot() {
    RegisterMap map = RegisterMaps.parse("map", MAP);

    assertThat(blocks(map, Set.of(), 2)).containsExactly("200x5", "206x7", "300x1");
    assertThat(map.address(map.register("serial"), 2)).isEqualTo(7);
  }
}
