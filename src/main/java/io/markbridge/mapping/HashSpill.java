package io.markbridge.mapping;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A multitude of 64-bit hashes that need not fit into memory: kept in an array while they are few,
 * then spread over files by their highest bits. Hashes of one partition are never in another.
 */
final class HashSpill implements Closeable {
  /** Few documents have more codes than this. */
  private static final int IN_MEMORY = 128 * 1024;

  private static final int BUFFER = 8 * 1024;

  private final Path directory;
  private final String name;
  private final int partitionBits;
  private long[] few = new long[1024];
  private int count;
  private DataOutputStream[] files;

  /**
   * @param partitionBits how many partitions, as a power of two; equal for spills that are compared
   */
  HashSpill(Path directory, String name, int partitionBits) {
    this.directory = directory;
    this.name = name;
    this.partitionBits = partitionBits;
  }

  void add(long hash) throws IOException {
    if (count == few.length) {
      if (few.length < IN_MEMORY) {
        few = Arrays.copyOf(few, few.length * 2);
      } else {
        spill();
      }
    }
    few[count++] = hash;
  }

  private void spill() throws IOException {
    if (files == null) {
      files = new DataOutputStream[1 << partitionBits];
      for (int partition = 0; partition < files.length; partition++) {
        files[partition] =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file(partition)), BUFFER));
      }
    }
    for (int index = 0; index < count; index++) {
      files[partitionOf(few[index])].writeLong(few[index]);
    }
    count = 0;
  }

  private int partitionOf(long hash) {
    return partitionBits == 0 ? 0 : (int) (hash >>> (Long.SIZE - partitionBits));
  }

  private Path file(int partition) {
    return directory.resolve(name + "-" + partition);
  }

  /** To be called once before {@link #sorted}. */
  void finish() throws IOException {
    if (files == null) {
      return;
    }
    spill();
    for (DataOutputStream file : files) {
      file.close();
    }
    few = new long[0];
  }

  /**
   * The hashes of a partition, sorted. A partition far over its share can only be full of equal
   * hashes: then its first ones tell that well enough.
   */
  long[] sorted(int partition, int most) throws IOException {
    long[] hashes;
    if (files == null) {
      int wanted = partition;
      hashes = Arrays.stream(few, 0, count).filter(hash -> partitionOf(hash) == wanted).toArray();
    } else {
      int size = (int) Math.min(most, Files.size(file(partition)) / Long.BYTES);
      hashes = new long[size];
      try (DataInputStream input =
          new DataInputStream(
              new BufferedInputStream(Files.newInputStream(file(partition)), BUFFER))) {
        for (int index = 0; index < size; index++) {
          hashes[index] = input.readLong();
        }
      }
    }
    Arrays.sort(hashes);
    return hashes;
  }

  @Override
  public void close() throws IOException {
    if (files == null) {
      return;
    }
    for (int partition = 0; partition < files.length; partition++) {
      files[partition].close();
      Files.deleteIfExists(file(partition));
    }
  }
}
