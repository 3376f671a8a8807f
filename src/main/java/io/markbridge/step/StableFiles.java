package io.markbridge.step;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a file through when it is whole: unchanged over two polls, or its {@code .done} marker lies
 * beside it, or it was seen under a temporary name before and was renamed since. A half-written
 * file is never read.
 */
@Named("stableFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class StableFiles implements GenericFileFilter<File> {
  private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

  private record Sighting(long size, long time, long seenAt) {}

  private final Clock clock;
  private final Map<String, Sighting> sightings = new HashMap<>();

  /** Temporary files by what the file system calls them, which a rename does not change. */
  private final Map<Object, Long> temporary = new HashMap<>();

  private long sweptAt;

  @Inject
  public StableFiles(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean accept(GenericFile<File> file) {
    if (file.isDirectory()) {
      return true;
    }
    return whole(file.getFile().toPath());
  }

  private boolean whole(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    sweep();
    if (name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith(".filepart")) {
      key(path).ifPresent(key -> temporary.put(key, clock.millis()));
      return false;
    }
    if (!(name.endsWith(".json") || name.endsWith(".http")) || name.endsWith(".meta.json")) {
      return false;
    }
    if (Files.exists(path.resolveSibling(path.getFileName() + ".done"))) {
      return true;
    }
    if (!temporary.isEmpty() && key(path).filter(temporary::containsKey).isPresent()) {
      return true;
    }
    return sameAsBefore(path);
  }

  private boolean sameAsBefore(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException gone) {
      return false;
    }
    Sighting now =
        new Sighting(attributes.size(), attributes.lastModifiedTime().toMillis(), clock.millis());
    Sighting before = sightings.put(path.toString(), now);
    return before != null && before.size() == now.size() && before.time() == now.time();
  }

  private static java.util.Optional<Object> key(Path path) {
    try {
      return java.util.Optional.ofNullable(
          Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return java.util.Optional.empty();
    }
  }

  /** The file has left the inbox. */
  synchronized void left(Path path) {
    sightings.remove(path.toString());
  }

  /** Files that went another way are forgotten. */
  private void sweep() {
    long now = clock.millis();
    if (now - sweptAt < FORGET_AFTER.toMillis()) {
      return;
    }
    sweptAt = now;
    sightings.values().removeIf(sighting -> now - sighting.seenAt() > FORGET_AFTER.toMillis());
    temporary.values().removeIf(seenAt -> now - seenAt > FORGET_AFTER.toMillis());
  }
}
