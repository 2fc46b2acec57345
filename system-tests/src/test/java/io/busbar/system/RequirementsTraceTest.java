package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequirementsTraceTest {

  private final Path repository = RealData.repository();
  private final RequirementsTrace trace = RequirementsTrace.read(repository);

  @Test
  void every_claim_has_a_test_and_every_tag_names_a_requirement() {
    assertThat(trace.problems()).isEmpty();
  }

  @Test
  void the_page_says_what_the_tags_say() throws IOException {
    Path page = repository.resolve("docs/requirements.md");
    if (Boolean.getBoolean("busbar.renew-docs")) {
      Files.writeString(page, trace.markdown());
    }
    assertThat(page).content().isEqualTo(trace.markdown());
  }
}
