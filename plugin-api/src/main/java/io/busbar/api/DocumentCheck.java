package io.busbar.api;

import java.util.List;

/**
 * Knows how to check one kind of document, for {@code config check} and for whoever else wants to
 * know before anything starts.
 */
public interface DocumentCheck {

  /** Value of the document's top-level key {@code format}, for example {@code busbar-site/1}. */
  String format();

  /** Everything wrong with it; empty when nothing is. Stores nothing. */
  List<Problem> check(String name, String text);
}
