package io.busbar.kernel.database;

import io.busbar.kernel.plugins.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path for the machine we are on. */
final class PostgresPrograms {

  private static final long LONGEST_MINUTES = 2;
  private static final int EXECUTABLE = 0111;

  private final Path folder;

  private PostgresPrograms(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks them below a folder, once per version.
   *
   * @throws Refusal if there are none for this machine
   */
  static PostgresPrograms in(Path parent) throws IOException {
    String archive = "postgres-%s-%s%s.txz".formatted(system(), hardware(), flavour());
    URL resource = PostgresPrograms.class.getResource("/" + archive);
    if (resource == null) {
      throw new Refusal(
          List.of(
              "there is no embedded database for this machine (" + archive + ")",
              "run a PostgreSQL server and set busbar.database.url to it"));
    }
    JarURLConnection connection = (JarURLConnection) resource.openConnection();
    connection.setUseCaches(false);
    try (InputStream packed = connection.getInputStream()) {
      String version = Long.toHexString(connection.getJarEntry().getCrc());
      Path folder = parent.resolve(version);
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "unpacking");
        unpack(packed, fresh);
        moveUnlessThere(fresh, folder);
      }
      return new PostgresPrograms(folder);
    }
  }

  private static void moveUnlessThere(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException(entry.getName() + " points out of its archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          file.toFile().setExecutable((entry.getMode() & EXECUTABLE) != 0);
        }
      }
    }
  }

  /**
   * Runs one of them to its end.
   *
   * @param output file for what it says
   * @throws IOException if it fails, with the last lines of what it said
   */
  void run(Path output, String program, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (system().equals("linux") && "root".equals(System.getProperty("user.name"))) {
      // PostgreSQL refuses to run as root; inside a user namespace of its own it does not see that.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(program + " did not end within " + LONGEST_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          program + " failed (" + process.exitValue() + "); it said:\n" + lastLines(output));
    }
  }

  /** The end of a log, for messages. */
  static String lastLines(Path file) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : "linux";
  }

  private static String hardware() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> System.getProperty("os.arch");
    };
  }

  private static String flavour() {
    return Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
  }
}
