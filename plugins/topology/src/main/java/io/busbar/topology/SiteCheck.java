package io.busbar.topology;

import io.busbar.api.DocumentCheck;
import io.busbar.api.Problem;
import java.util.List;
import java.util.Optional;

/** Checks site files without importing them. */
final class SiteCheck implements DocumentCheck {

  @Override
  public String format() {
    return SiteText.FORMAT;
  }

  @Override
  public List<Problem> check(String name, String text) {
    return switch (SiteText.read(name, text, Optional.empty())) {
      case SiteText.Reading.Good _ -> List.of();
      case SiteText.Reading.Bad bad -> bad.problems();
    };
  }
}
