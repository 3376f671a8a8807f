package io.markbridge.step;

import io.markbridge.step.Drop.Look;
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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jboss.logging.Logger;

/**
 * Lets a file through when it is whole, see {@link Sightings}. A half-written file is never read,
 * and neither is what a link points at.
 */
@Named("stableFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class StableFiles implements GenericFileFilter<File> {
  private static final Logger LOG = Logger.getLogger(StableFiles.class);

  private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

  private final Sightings sightings;

  /** Links that were warned of. */
  private final Set<String> links = new HashSet<>();

  @Inject
  public StableFiles(Clock clock) {
    this.sightings = new Sightings(clock, Duration.ZERO, FORGET_AFTER);
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
    String name = path.getFileName().toString();
    if (sightings.sweep()) {
      links.removeIf(link -> !Files.isSymbolicLink(Path.of(link)));
    }
    if (Sightings.isTemporary(name)) {
      seen(path).ifPresent(look -> key(path).ifPresent(key -> sightings.temporary(key, look)));
      return false;
    }
    if (!Sightings.isDocument(name)) {
      return false;
    }
    if (Files.exists(path.resolveSibling(name + ".done"))) {
      return true;
    }
    // What the file system calls a file stays through a rename.
    Optional<Object> key = sightings.anyTemporary() ? key(path) : Optional.empty();
    return seen(path).filter(look -> sightings.whole(path.toString(), look, key)).isPresent();
  }

  private static Optional<Look> seen(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(new Look(attributes.size(), attributes.lastModifiedTime().toMillis()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<Object> key(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The file has left the inbox. */
  synchronized void left(Path path) {
    sightings.left(path.toString());
  }
}
