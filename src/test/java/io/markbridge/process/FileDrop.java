package io.markbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The legacy system's side of the folders: drops files, waits for replies, reads them. */
final class FileDrop {
  /** Waits for something that the bridge does. */
  interface Waiting {
    void await(String what, Duration patience, BooleanSupplier condition);
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static long last;

  private final Path root;
  private final Waiting waiting;

  FileDrop(Path root, BridgeProcess bridge) {
    this(root, bridge::await);
  }

  FileDrop(Path root, Waiting waiting) {
    this.root = root;
    this.waiting = waiting;
  }

  /** Writes a file elsewhere and renames it into the inbox: it is whole from its first moment. */
  Path put(String name, String text) {
    return put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path put(String name, byte[] bytes) {
    try {
      Path elsewhere = Files.createTempFile(root, "drop", ".bytes");
      Files.write(elsewhere, bytes);
      Files.setLastModifiedTime(elsewhere, FileTime.fromMillis(later()));
      return move(elsewhere, name);
    } catch (IOException failure) {
      throw new UncheckedIOException("dropping " + name, failure);
    }
  }

  /** What is dropped later is later: files of one millisecond are taken by their names. */
  private static synchronized long later() {
    last = Math.max(last + 1, Clock.systemUTC().millis());
    return last;
  }

  /** Renames a file of the same disk into the inbox. */
  Path move(Path file, String name) throws IOException {
    Path target = inbox(name);
    Files.createDirectories(target.getParent());
    return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Opens a file in the inbox that is written little by little. */
  OutputStream slowly(String name) throws IOException {
    Path target = inbox(name);
    Files.createDirectories(target.getParent());
    return Files.newOutputStream(target);
  }

  Path inbox(String name) {
    return root.resolve("inbox").resolve(name);
  }

  Path done(String name) {
    return root.resolve("done").resolve(name);
  }

  Path failed(String name) {
    return root.resolve("failed").resolve(name);
  }

  /** A reply such as {@code beer/a.reply.json}, once it is there. */
  Optional<JsonNode> read(String name) {
    Path file = root.resolve("replies").resolve(name);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readTree(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (NoSuchFileException takenBack) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + file, failure);
    }
  }

  /** Waits for something else that the bridge does. */
  void await(String what, BooleanSupplier condition) {
    waiting.await(what, PATIENCE, condition);
  }

  /** Waits for a reply. */
  JsonNode await(String name) {
    return await(name, reply -> true);
  }

  /** Waits until a reply says something. */
  JsonNode await(String name, Predicate<JsonNode> says) {
    return await(name, PATIENCE, says);
  }

  JsonNode await(String name, Duration patience, Predicate<JsonNode> says) {
    // The one that said so: a moment later there may be another.
    AtomicReference<JsonNode> said = new AtomicReference<>();
    waiting.await(
        "reply " + name + ", now " + read(name).map(JsonNode::toString).orElse("absent"),
        patience,
        () -> {
          said.set(read(name).filter(says).orElse(null));
          return said.get() != null;
        });
    return said.get();
  }

  /** Waits for the original in done/: it leaves the inbox after the work on it has begun. */
  void awaitDone(String name) {
    awaitFile(done(name));
  }

  /** Waits for the original in failed/: it gets there after its replies are written. */
  void awaitFailed(String name) {
    awaitFile(failed(name));
  }

  private void awaitFile(Path file) {
    waiting.await(file.toString(), PATIENCE, () -> Files.exists(file));
  }

  /** Waits for a report's old word, such as {@code SENT}. */
  JsonNode awaitReport(String stem, String reportStatus) {
    return await(
        stem + ".status.json", status -> status.path("reportStatus").asText().equals(reportStatus));
  }

  /** Waits for an order's old word, such as {@code READY}. */
  JsonNode awaitOrder(String stem, String orderStatus) {
    return await(
        stem + ".status.json", status -> status.path("orderStatus").asText().equals(orderStatus));
  }

  /** Names below the replies with this ending, sorted. */
  List<String> replies(String ending) {
    return below(root.resolve("replies"), ending);
  }

  /** Names below the inbox with this ending, sorted. */
  List<String> waiting(String ending) {
    return below(root.resolve("inbox"), ending);
  }

  static List<String> below(Path folder, String ending) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = folder.relativize(file).toString();
              if (name.endsWith(ending)) {
                names.add(name);
              }
              return FileVisitResult.CONTINUE;
            }

            /** One that left while the folder was read; the others are still told. */
            @Override
            public FileVisitResult visitFileFailed(Path left, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + folder, failure);
    }
    Collections.sort(names);
    return names;
  }
}
