package io.markbridge.step;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A tree of folders where a legacy system drops documents and finds their replies: on this machine,
 * or on a server. Its four folders mirror each other.
 */
interface Drop {
  /** One of its folders. */
  enum Folder {
    INBOX,
    REPLIES,
    DONE,
    FAILED
  }

  /**
   * A place for a file.
   *
   * @param path below the folder, with {@code /}
   */
  record Place(Folder folder, String path) {
    Place withEnding(String ending) {
      return new Place(folder, path + ending);
    }

    @Override
    public String toString() {
      return folder.name().toLowerCase(java.util.Locale.ROOT) + "/" + path;
    }
  }

  /**
   * What a look at a file tells.
   *
   * @param size in bytes
   * @param time of its last change, in milliseconds of the clock that it lies at
   */
  record Look(long size, long time) {}

  /** A file that can be read here. */
  record Fetched(Path file, boolean copy) implements Closeable {
    @Override
    public void close() throws IOException {
      if (copy) {
        java.nio.file.Files.deleteIfExists(file);
      }
    }
  }

  /** What the journal calls it. */
  String source();

  /** What is there now; empty where no file is. A link is no file. */
  Optional<Look> look(Place place) throws IOException;

  /**
   * Makes a file readable here.
   *
   * @throws java.nio.file.NoSuchFileException when it is gone
   * @throws IOException also when it is not what was seen, or came only in part
   */
  Fetched fetch(Place place, Look seen) throws IOException;

  /** Moves a file, over one that may be there; the folders are made. */
  void move(Place from, Place to) throws IOException;

  /** Removes a file where it is there. */
  void delete(Place place) throws IOException;

  /** Writes a file whole under a temporary name, on the disk as far as that can be asked for. */
  void prepare(Place place, byte[] content) throws IOException;

  /** Whether a file waits under its temporary name. */
  boolean prepared(Place place) throws IOException;

  /** Gives a prepared file its name, over one that may have it. */
  void publish(Place place) throws IOException;

  /** Brings the entries of a file's folder to the disk, where that can be asked for. */
  void force(Place place);

  /** Writes a file whole or not at all. */
  default void write(Place place, byte[] content) throws IOException {
    prepare(place, content);
    publish(place);
  }
}
