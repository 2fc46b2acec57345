package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.busbar.api.Topic;
import io.busbar.testkit.Verifies;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stands for a site in everything that others see: its microgrid. */
class IdentityTest {

  /** Older programs name a circuit; which microgrid that is may not be found out. */
  private static final Set<String> OF_CIRCUITS =
      Set.of("load_balancer.rebalance_requested.v1", "compatibility.translation_failed.v1");

  @Test
  @Verifies("FR-009")
  void every_event_of_a_site_carries_its_microgrid_id() throws Exception {
    List<Topic<?>> topics = topics();

    assertThat(topics).hasSizeGreaterThan(8);
    assertThat(topics)
        .filteredOn(topic -> !topic.name().startsWith("kernel."))
        .filteredOn(topic -> !OF_CIRCUITS.contains(topic.name()))
        .allSatisfy(
            topic ->
                assertThat(Arrays.stream(topic.eventType().getRecordComponents()))
                    .extracting(RecordComponent::getName)
                    .as(topic.name())
                    .contains("microgridId"));
  }

  private static List<Topic<?>> topics() throws IllegalAccessException {
    List<Topic<?>> topics = new ArrayList<>();
    for (JavaClass api : new ClassFileImporter().importPackages("io.busbar.api")) {
      if (api.getSimpleName().endsWith("Addresses")) {
        for (Field field : api.reflect().getFields()) {
          if (field.getType() == Topic.class) {
            topics.add((Topic<?>) field.get(null));
          }
        }
      }
    }
    return topics;
  }

  /**
   * A depot is what operators have on file; it leads to its microgrid. Circuits are what older
   * consumers know; their paths go with the plugin that translates them.
   */
  @Test
  @Verifies("FR-009")
  void every_path_of_the_api_names_a_microgrid_or_the_depot_that_leads_to_one() {
    assertThat(Contract.operations())
        .extracting(Contract.Operation::path)
        .allMatch(
            path ->
                path.startsWith("/api/microgrid/{microgrid_id}/")
                    || path.matches("/api/depot/\\{depot_id}(/microgrid.*)?")
                    || path.startsWith("/api/circuit/{circuit_id}")
                    || path.equals("/api/depots")
                    || path.equals("/api/audit"));
  }
}
