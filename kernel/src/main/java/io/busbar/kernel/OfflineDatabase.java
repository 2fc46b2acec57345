package io.busbar.kernel;

import io.busbar.api.CommandContext.OpenDatabase;
import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.database.DataLock;
import io.busbar.kernel.database.Database;
import io.busbar.kernel.database.EmbeddedDatabase;
import io.busbar.kernel.plugins.Refusal;
import java.nio.file.Path;
import java.util.List;

/** The database without the kernel, for commands that work on what is stored. */
final class OfflineDatabase implements OpenDatabase {

  private final DataLock lock;
  private final Database database;
  private final DatabaseAccess access;

  private OfflineDatabase(DataLock lock, Database database, DatabaseAccess access) {
    this.lock = lock;
    this.database = database;
    this.access = access;
  }

  /**
   * Opens it.
   *
   * @throws Refusal if a Busbar runs on the folder, or nothing is stored
   */
  static OfflineDatabase open(KernelSettings settings, Path data, String pluginId) {
    if (settings.databaseUrl().equals("embedded") && !EmbeddedDatabase.isThere(data)) {
      throw new Refusal(
          List.of("nothing is stored in %s; --data names the folder of a Busbar".formatted(data)));
    }
    DataLock lock = DataLock.take(data);
    Database database = Kernel.database(settings, data);
    return database
        .of(pluginId)
        .map(access -> new OfflineDatabase(lock, database, access))
        .orElseThrow(
            () -> {
              database.close();
              lock.close();
              return new Refusal(List.of("database.url is none, so nothing is stored"));
            });
  }

  @Override
  public DatabaseAccess access() {
    return access;
  }

  @Override
  public void close() {
    database.close();
    lock.close();
  }
}
