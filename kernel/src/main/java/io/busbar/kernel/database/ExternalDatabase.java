package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import io.busbar.kernel.plugins.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
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
    this.url = parse(url);
    this.user = user;
    this.password = password;
  }

  private static URI parse(String text) {
    try {
      URI url = new URI(text.replaceFirst("^jdbc:", ""));
      boolean usable =
          "postgresql".equals(url.getScheme())
              && url.getHost() != null
              && url.getPath().length() > 1;
      if (usable) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new Refusal(
        List.of(
            "busbar.database.url '"
                + text
                + "': expected embedded, none or postgresql://host:port/database"));
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
