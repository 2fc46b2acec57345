package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.plugins.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that somebody else runs. */
public final class ExternalDatabase implements Database {

  private static final int DEFAULT_PORT = 5432;

  private final URI url;
  private final String user;
  private final String password;

  /**
   * @param url {@code postgresql://host[:port]/database}
   * @throws Refusal if it has another form
   */
  public ExternalDatabase(String url, String user, String password) {
    this.url = URI.create(url.replaceFirst("^jdbc:", ""));
    this.user = user;
    this.password = password;
    boolean usable =
        "postgresql".equals(this.url.getScheme())
            && this.url.getHost() != null
            && this.url.getPath().length() > 1;
    if (!usable) {
      throw new Refusal(
          List.of(
              "busbar.database.url '"
                  + url
                  + "': expected embedded, none or postgresql://host:port/database"));
    }
  }

  @Override
  public Optional<DatabaseAccess> of(String plugin) {
    int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
    return Optional.of(
        new DatabaseAccess(
            url.getHost(),
            port,
            url.getPath().substring(1),
            user,
            password,
            Database.schemaOf(plugin)));
  }

  @Override
  public Optional<String> fault() {
    return Database.probe(of("busbar").orElseThrow());
  }
}
