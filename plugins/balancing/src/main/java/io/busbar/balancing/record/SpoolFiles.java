package io.busbar.balancing.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Lines of text in numbered files of a folder, oldest first, of a bounded size in all. Files of an
 * earlier run come first. A line that a crash cut off is left out.
 */
final class SpoolFiles {

  private static final long FILE_BYTES = 1_000_000;

  private final Path folder;
  private final long mostBytes;
  private final UnaryOperator<String> shorten;
  private final Deque<Path> files = new ArrayDeque<>();
  private final Deque<Path> full = new ArrayDeque<>();

  /** Whether the last file is of this run: the last line of an earlier one may be cut off. */
  private boolean open;

  private long bytes;
  private long next = 1;
  private long dropped;

  /**
   * @param mostBytes size of all files together
   * @param shorten makes a line shorter when there is too much
   */
  SpoolFiles(Path folder, long mostBytes, UnaryOperator<String> shorten) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.shorten = shorten;
    try (Stream<Path> found = Files.list(Files.createDirectories(folder))) {
      found.filter(file -> file.toString().endsWith(".ndjson")).sorted().forEach(this::adopt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void adopt(Path file) {
    files.add(file);
    full.add(file);
    bytes += size(file);
    String name = file.getFileName().toString();
    next = Long.parseLong(name.substring(0, name.indexOf('.'))) + 1;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Size of all files together. */
  long bytes() {
    return bytes;
  }

  /** How many lines were dropped because there were too many. */
  long dropped() {
    return dropped;
  }

  /** Adds lines and waits until the disk has them. */
  void append(List<String> lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    Path file =
        !open || files.isEmpty() || size(files.peekLast()) > FILE_BYTES
            ? create()
            : files.peekLast();
    write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    bytes += text.length;
    shrink();
  }

  private Path create() {
    open = true;
    Path file = folder.resolve("%012d.ndjson".formatted(next++));
    files.add(file);
    full.add(file);
    return file;
  }

  /** The lines of the oldest file. */
  List<String> oldest() {
    try {
      String text = Files.readString(files.peekFirst());
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : text.substring(0, end).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void removeOldest() {
    Path file = files.poll();
    full.remove(file);
    bytes -= size(file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shrink() {
    while (bytes > mostBytes && full.size() > 1) {
      shorten(full.poll());
    }
    while (bytes > mostBytes && files.size() > 1) {
      dropped += oldest().size();
      removeOldest();
    }
  }

  private void shorten(Path file) {
    try {
      long before = size(file);
      List<String> lines = Files.readAllLines(file).stream().map(shorten).toList();
      Path shorter = folder.resolve(file.getFileName() + ".shorter");
      byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      write(shorter, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
      bytes += size(file) - before;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] text, StandardOpenOption... how) {
    StandardOpenOption[] options = new StandardOpenOption[how.length + 1];
    System.arraycopy(how, 0, options, 0, how.length);
    options[how.length] = StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(file, options)) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
