package io.busbar.commissioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.modbus.wire.Framing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeOptionsTest {

  private static ProbeOptions parse(String words) {
    return ProbeOptions.parse(List.of(words.split(" ")));
  }

  @Test
  void whatIsNotSaidIsLeftToTheDriver() {
    ProbeOptions options = parse("modbus 192.0.2.7 --driver alfen");

    assertThat(options.host()).isEqualTo("192.0.2.7");
    assertThat(options.driver()).isEqualTo("alfen");
    assertThat(options.port()).isEmpty();
    assertThat(options.unit()).isEmpty();
    assertThat(options.framing()).isEmpty();
    assertThat(options.setCurrent()).isEmpty();
    assertThat(options.point()).isEqualTo(1);
    assertThat(options.phases()).isEqualTo(3);
  }

  @Test
  void everythingCanBeSaid() {
    ProbeOptions options =
        parse(
            "modbus box:1502 --driver keba --unit 7 --point 2 --framing rtu_over_tcp --phases 1"
                + " --set-current 8.5");

    assertThat(options.port()).hasValue(1502);
    assertThat(options.unit()).hasValue(7);
    assertThat(options.point()).isEqualTo(2);
    assertThat(options.framing()).contains(Framing.RTU_OVER_TCP);
    assertThat(options.phases()).isEqualTo(1);
    assertThat(options.setCurrent()).hasValue(8.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt box --driver alfen | expected modbus",
        "modbus box | expected --driver",
        "modbus box --driver | needs a value",
        "modbus box:x --driver alfen | the port is 'x'",
        "modbus box:70000 --driver alfen | expected 1 to 65535",
        "modbus box --driver alfen --unit 256 | expected 0 to 255",
        "modbus box --driver alfen --framing serial | expected tcp or rtu_over_tcp",
        "modbus box --driver alfen --set-current much | expected amperes",
        "modbus box --driver alfen --set-current -1 | expected amperes",
        "modbus box --driver alfen --force yes | unknown option --force"
      })
  void whatCannotBeMeantIsSaid(String words, String message) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
