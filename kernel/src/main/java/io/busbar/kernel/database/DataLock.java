package io.busbar.kernel.database;

import io.busbar.kernel.plugins.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Keeps a second Busbar off a data folder. The system lets go of it when the process dies. */
public final class DataLock implements AutoCloseable {

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made when it is missing.
   *
   * @throws Refusal if another process has it, or it cannot be written
   */
  public static DataLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("busbar.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new Refusal(
            List.of(
                "data folder "
                    + folder
                    + " is in use by another Busbar; stop that one or choose another with --data"));
      }
      return new DataLock(channel);
    } catch (IOException e) {
      throw new Refusal(
          List.of(
              "data folder %s cannot be used: %s; choose another with --data"
                  .formatted(folder, why(folder, e))));
    }
  }

  private static String why(Path folder, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "it, or a folder above it, is a file";
    }
    if (e instanceof AccessDeniedException || Files.isDirectory(folder)) {
      return "no right to write there";
    }
    return e instanceof FileSystemException other && other.getReason() != null
        ? other.getReason()
        : "it cannot be made";
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
