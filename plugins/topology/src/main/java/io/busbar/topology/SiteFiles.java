package io.busbar.topology;

import io.busbar.api.Health;
import io.busbar.api.Problem;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports the site files named in the settings, and says in log and health what came of each. */
final class SiteFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SiteFiles.class);
  private static final String ACTOR = "config";

  private final Path folder;
  private final Health health;

  SiteFiles(Path folder, Health health) {
    this.folder = folder;
    this.health = health;
  }

  void importAll(List<String> files, Function<ImportSite, ImportReply> importer) {
    files.forEach(file -> importOne(file, importer));
  }

  private void importOne(String file, Function<ImportSite, ImportReply> importer) {
    try {
      String text = Files.readString(folder.resolve(file));
      report(
          file,
          importer.apply(new ImportSite(Optional.empty(), file, text, ACTOR, "start:" + file)));
    } catch (NoSuchFileException e) {
      refuse(file, "no such file: " + folder.resolve(file).toAbsolutePath().normalize());
    } catch (MalformedInputException e) {
      refuse(file, file + ": is no UTF-8 text");
    } catch (IOException e) {
      refuse(file, file + ": cannot be read: " + e.getMessage());
    }
  }

  private void report(String file, ImportReply reply) {
    switch (reply) {
      case ImportReply.Imported done -> {
        if (done.changed()) {
          LOG.info(
              "{}: imported as version {} of microgrid {} ({} nodes added, {} removed, {} kept)",
              file,
              done.version(),
              done.microgridId(),
              done.added().size(),
              done.removed().size(),
              done.unchanged());
        } else {
          LOG.info("{}: not changed, stays at version {}", file, done.version());
        }
        health.report(component(file), Health.Status.UP, "");
      }
      case ImportReply.Refused refused ->
          refuse(
              file,
              refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  private void refuse(String file, String why) {
    String message = "not imported, what was stored before stays:\n" + why;
    LOG.error("{}: {}", file, message);
    health.report(component(file), Health.Status.DEGRADED, message);
  }

  private static String component(String file) {
    return "site " + file;
  }
}
