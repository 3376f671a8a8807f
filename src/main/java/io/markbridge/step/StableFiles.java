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
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jboss.logging.Logger;

/**
 * Lets a file through when it is whole: unchanged over two polls, or its {@code .done} marker lies
 * beside it, or it was seen under a temporary name before and was renamed since. A half-written
 * file is never read, and neither is what a link points at.
 */
@Named("stableFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class StableFiles implements GenericFileFilter<File> {
  private static final Logger LOG = Logger.getLogger(StableFiles.class);
  private static final Duration EMPTY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

  private record Sighting(long size, long time, long seenAt) {
    boolean looksLike(Sighting other) {
      return size == other.size && time == other.time;
    }
  }

  private final Clock clock;
  private final Map<String, Sighting> sightings = new HashMap<>();

  /**
   * Temporary files by what the file system calls them, which a rename does not change. A file that
   * is new may get the name of one that is gone: only what looks the same is the same.
   */
  private final Map<Object, Sighting> temporary = new HashMap<>();

  /** Links that were warned of. */
  private final Set<String> links = new HashSet<>();

  private long sweptAt;

  @Inject
  public StableFiles(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean accept(GenericFile<File> file) {
    Path path = file.getFile().toPath();
    if (Files.isSymbolicLink(path)) {
      refuse(path);
      return false;
    }
    return file.isDirectory() || whole(path);
  }

  /**
   * What a link below the inbox points at is not the legacy system's to give: neither read nor
   * moved. The inbox itself may be a link.
   */
  private void refuse(Path path) {
    if (links.add(path.toString())) {
      LOG.warnf("%s is a symbolic link: links below the inbox are not followed", path);
    }
  }

  private boolean whole(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    sweep();
    if (name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith(".filepart")) {
      seen(path).ifPresent(seen -> key(path).ifPresent(key -> temporary.put(key, seen)));
      return false;
    }
    if (!(name.endsWith(".json") || name.endsWith(".http")) || name.endsWith(".meta.json")) {
      return false;
    }
    if (Files.exists(path.resolveSibling(path.getFileName() + ".done"))) {
      return true;
    }
    java.util.Optional<Sighting> now = seen(path);
    if (now.isEmpty()) {
      return false;
    }
    if (!temporary.isEmpty()
        && key(path).map(temporary::get).filter(now.get()::looksLike).isPresent()) {
      return true;
    }
    return sameAsBefore(path, now.get());
  }

  private boolean sameAsBefore(Path path, Sighting now) {
    Sighting before = sightings.get(path.toString());
    if (before == null || !now.looksLike(before)) {
      sightings.put(path.toString(), now);
      return false;
    }
    // Somebody opened it and is slow to write: nobody sends an empty document on purpose.
    return now.size() > 0 || now.seenAt() - before.seenAt() >= EMPTY_PATIENCE.toMillis();
  }

  private java.util.Optional<Sighting> seen(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return java.util.Optional.of(
          new Sighting(
              attributes.size(), attributes.lastModifiedTime().toMillis(), clock.millis()));
    } catch (IOException gone) {
      return java.util.Optional.empty();
    }
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
    links.removeIf(link -> !Files.isSymbolicLink(Path.of(link)));
    sightings.values().removeIf(sighting -> now - sighting.seenAt() > FORGET_AFTER.toMillis());
    temporary.values().removeIf(sighting -> now - sighting.seenAt() > FORGET_AFTER.toMillis());
  }
}
