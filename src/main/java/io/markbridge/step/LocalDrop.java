package io.markbridge.step;

import io.markbridge.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folders of this machine. */
final class LocalDrop implements Drop {
  static final String SOURCE = "file";

  private final Map<Folder, Path> folders = new EnumMap<>(Folder.class);

  LocalDrop(Settings settings) {
    for (Folder folder : Folder.values()) {
      String name = folder.name().toLowerCase(Locale.ROOT);
      folders.put(folder, settings.folder(name).toAbsolutePath().normalize());
    }
  }

  /** A file's path below the inbox, with {@code /}. */
  String relative(Path file) {
    return folders
        .get(Folder.INBOX)
        .relativize(file.toAbsolutePath().normalize())
        .toString()
        .replace(File.separatorChar, '/');
  }

  Path path(Place place) {
    return folders.get(place.folder()).resolve(place.path());
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public Optional<Look> look(Place place) throws IOException {
    Path file = path(place);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** It is read where it lies. */
  @Override
  public Fetched fetch(Place place, Look seen) {
    return new Fetched(path(place), false);
  }

  @Override
  public void move(Place from, Place to) throws IOException {
    DurableFiles.move(path(from), path(to));
  }

  @Override
  public void delete(Place place) throws IOException {
    Files.deleteIfExists(path(place));
  }

  @Override
  public void prepare(Place place, byte[] content) throws IOException {
    DurableFiles.prepare(path(place), content);
  }

  @Override
  public boolean prepared(Place place) {
    return Files.exists(DurableFiles.temporary(path(place)));
  }

  @Override
  public void publish(Place place) throws IOException {
    DurableFiles.publish(path(place));
  }

  @Override
  public void force(Place place) {
    DurableFiles.force(path(place).getParent());
  }
}
