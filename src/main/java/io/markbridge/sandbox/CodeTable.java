package io.markbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What happened to each code that was ever reported: an open hash table of 16 bytes an entry (hash,
 * document that applied or made it, document that packed it) in a mapped file, since the codes of a
 * gigabyte of aggregation would not fit into a heap.
 */
final class CodeTable {
  private static final int ENTRY = 16;
  private static final long MOST = 1L << 26;

  private final Path folder;
  private MappedByteBuffer buffer;
  private int capacity;
  private int size;

  CodeTable(Path folder) {
    this.folder = folder;
    map(1 << 12);
  }

  private void map(int entries) {
    capacity = entries;
    Path file = folder.resolve("codes-" + entries + ".table");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) entries * ENTRY);
    } catch (IOException exception) {
      throw new UncheckedIOException("mapping the table of codes failed", exception);
    }
  }

  /** The document that applied the code (or made the unit, negative), or 0. */
  int appliedBy(long hash) {
    return buffer.getInt(find(hash) + 8);
  }

  /** The document that packed the code into a unit, or 0. */
  int packedBy(long hash) {
    return buffer.getInt(find(hash) + 12);
  }

  void apply(long hash, int document) {
    int at = claim(hash);
    buffer.putInt(at + 8, document);
  }

  void pack(long hash, int document) {
    int at = claim(hash);
    buffer.putInt(at + 12, document);
  }

  int size() {
    return size;
  }

  /** May replace the buffer: ask before touching it. */
  private int claim(long hash) {
    int at = find(hash);
    if (buffer.getLong(at) != 0) {
      return at;
    }
    if (size >= capacity / 4 * 3) {
      grow();
      at = find(hash);
    }
    buffer.putLong(at, key(hash));
    size++;
    return at;
  }

  private int find(long hash) {
    long key = key(hash);
    int slot = (int) (key & (capacity - 1));
    while (true) {
      long there = buffer.getLong(slot * ENTRY);
      if (there == key || there == 0) {
        return slot * ENTRY;
      }
      slot = (slot + 1) & (capacity - 1);
    }
  }

  /** Zero marks a free place. */
  private static long key(long hash) {
    return hash == 0 ? 1 : hash;
  }

  private void grow() {
    if (capacity * 2L > MOST) {
      throw new IllegalStateException("the sandbox keeps at most 50 million codes");
    }
    MappedByteBuffer old = buffer;
    int entries = capacity;
    map(entries * 2);
    for (int slot = 0; slot < entries; slot++) {
      long key = old.getLong(slot * ENTRY);
      if (key != 0) {
        int at = find(key);
        buffer.putLong(at, key);
        buffer.putInt(at + 8, old.getInt(slot * ENTRY + 8));
        buffer.putInt(at + 12, old.getInt(slot * ENTRY + 12));
      }
    }
    folder.resolve("codes-" + entries + ".table").toFile().delete();
  }
}
