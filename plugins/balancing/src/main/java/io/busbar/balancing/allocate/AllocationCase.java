package io.busbar.balancing.allocate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.allocation.Allocator;
import java.io.IOException;

/** A problem with the ids of its connectors, in plain string order as in the problem. */
record AllocationCase(String id, String[] connectors, AllocationProblem problem) {

  /** Writes {@code {"id": …, "allocation": {…}}}: whole watts of every connector. */
  void answer(JsonGenerator json) throws IOException {
    Allocation allocation = new Allocator(problem).allocate();
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeObjectFieldStart("allocation");
    for (int connector = 0; connector < connectors.length; connector++) {
      json.writeNumberField(connectors[connector], allocation.watts(connector));
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
