package io.busbar.compat;

import io.busbar.api.DatabaseAccess;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.TestDatabase;

/** The same, kept in PostgreSQL. */
class CompatStoredTest extends CompatPluginTest {

  private final DatabaseAccess access = TestDatabase.fresh("circuit-compat");

  @Override
  FakeContext context() {
    return super.context().with(access);
  }
}
