package io.busbar.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.busbar.api.capability.RecordStatus;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.testkit.Verifies;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusMessageTest {

  private final StatusMessage messages = new StatusMessage("busbar");

  @Test
  @Verifies("FR-021")
  void aMessageIsReadWithABooleanAsOnOrOffAndKeptRaw() {
    RecordStatus status =
        messages.read(
            MalformedMessages.TOPIC,
            Buffer.buffer(
                """
                {"operational_status": true, "observed_at": "2026-03-02T10:00:00Z",
                 "reported_by": "LOCAL", "source_event_ref": "r1", "status_detail": {"a": [1]}}
                """),
            "mqtt:me");

    assertThat(status.microgridId()).isEqualTo(Depot.SITE);
    assertThat(status.controlPointId()).contains(Depot.DER);
    assertThat(status.operationalStatus()).isEqualTo("ON");
    assertThat(status.reportedBy()).isEqualTo(ControlSource.LOCAL);
    assertThat(status.observedAt()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
    assertThat(status.sourceEventRef()).contains("r1");
    assertThat(status.statusDetail())
        .isEqualTo(Optional.of(Map.of("a", List.of(1), "raw_status", true)));
    assertThat(status.actor()).isEqualTo("mqtt:me");
  }

  @Test
  void everyKindOfBadMessageIsNamed() {
    List<MalformedMessages.Bad> all = MalformedMessages.all();

    assertThat(all).hasSizeGreaterThanOrEqualTo(100);
    for (MalformedMessages.Bad bad : all) {
      if (bad.isFormal()) {
        Malformed problem =
            catchThrowableOfType(
                Malformed.class, () -> messages.read(bad.topic(), bad.payload(), "x"));
        assertThat(problem).as(bad.toString()).isNotNull();
        assertThat(problem.reason()).as(bad + ": " + problem).isEqualTo(bad.reason());
      }
    }
  }
}
