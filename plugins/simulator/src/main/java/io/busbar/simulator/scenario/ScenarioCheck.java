package io.busbar.simulator.scenario;

import io.busbar.api.DocumentCheck;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.busbar.documents.DocumentSchema;
import java.util.List;

/** Checks scenario files against their schema. */
public final class ScenarioCheck implements DocumentCheck {

  static final String FORMAT = "busbar-scenario/1";

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public List<Problem> check(String name, String text) {
    try {
      return check(Document.parse(name, text));
    } catch (DocumentException e) {
      return e.problems();
    }
  }

  static List<Problem> check(Document document) {
    return schema().check(document);
  }

  static DocumentSchema schema() {
    return DocumentSchema.load(ScenarioCheck.class.getResource("scenario.schema.json"));
  }
}
