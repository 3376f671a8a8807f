package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds, in a document that does not fit into memory, codes that stand twice and packing units that
 * stand in each other. The first pass keeps 8 bytes a code; places are looked up in a second pass,
 * which is needed only where there is something to find.
 */
final class CodeLedger implements Closeable {
  private static final int BYTES_PER_CODE = 21;
  private static final int SHARE = 512 * 1024;
  private static final int MOST_PARTITION_BITS = 8;
  private static final int MOST_CANDIDATES = 1000;

  /** Each takes 16 bytes of memory while levels are found out. */
  static final int MOST_NESTED = 1_000_000;

  private final Path directory;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final int partitionBits;
  private final HashSpill codes;
  private final HashSpill units;

  /** Hashes that occur more than once, and those of units that stand in other units. */
  private final Set<Long> twice = new HashSet<>();

  private long[] nested = new long[0];
  private long nestedCount;

  /**
   * @param size bytes of the document, from which the number of codes is estimated
   */
  CodeLedger(Path temporaryDirectory, long size) throws IOException {
    Files.createDirectories(temporaryDirectory);
    this.directory = Files.createTempDirectory(temporaryDirectory, "codes");
    int bits = 0;
    while (bits < MOST_PARTITION_BITS && (size / BYTES_PER_CODE >> bits) > SHARE) {
      bits++;
    }
    this.partitionBits = bits;
    this.codes = new HashSpill(directory, "codes", bits);
    this.units = new HashSpill(directory, "units", bits);
  }

  void add(EntryRun entry) throws IOException {
    if (entry.unit() != null) {
      units.add(hash(entry.unit().withoutTail()));
    }
    for (MarkingCode code : entry.codes()) {
      codes.add(hash(code.withoutTail()));
    }
  }

  /** Ends the first pass. */
  void finish() throws IOException {
    codes.finish();
    units.finish();
    List<long[]> found = new ArrayList<>();
    int most = 4 * SHARE;
    for (int partition = 0; partition < 1 << partitionBits; partition++) {
      long[] packed = units.sorted(partition, most);
      addTwice(packed);
      long[] contents = codes.sorted(partition, most);
      addTwice(contents);
      long[] inner = common(packed, contents);
      nestedCount += inner.length;
      if (nestedCount <= MOST_NESTED) {
        found.add(inner);
      }
    }
    int size = found.stream().mapToInt(part -> part.length).sum();
    nested = new long[size];
    int filled = 0;
    // Partitions go by the highest bits, so that only the sign keeps the whole from being sorted.
    for (long[] part : found) {
      System.arraycopy(part, 0, nested, filled, part.length);
      filled += part.length;
    }
    Arrays.sort(nested);
  }

  /** Whether places must be looked up for codes that may stand twice. */
  boolean hasCandidates() {
    return !twice.isEmpty();
  }

  /** How many units stand in other units; over {@link #MOST_NESTED} they are not kept. */
  long nestedCount() {
    return nestedCount;
  }

  /** Sorted hashes of units that stand in other units. */
  long[] nested() {
    return nested;
  }

  /** Tells codes and units that really stand twice; called for each entry in a second pass. */
  final class Verification {
    private final Map<String, String> codePlaces = new HashMap<>();
    private final Map<String, String> unitPlaces = new HashMap<>();
    private final Problems problems;

    Verification(Problems problems) {
      this.problems = problems;
    }

    void look(EntryRun entry, String entryPath) {
      if (entry.unit() != null && twice.contains(hash(entry.unit().withoutTail()))) {
        tell(unitPlaces, entry.unit().withoutTail(), entryPath);
      }
      for (int index = 0; index < entry.codes().size(); index++) {
        String code = entry.codes().get(index).withoutTail();
        if (twice.contains(hash(code))) {
          tell(codePlaces, code, entry.place(index));
        }
      }
    }

    private void tell(Map<String, String> places, String code, String place) {
      String first = places.putIfAbsent(code, place);
      if (first != null) {
        problems.add(
            Problem.of(ProblemCode.CODE_TWICE, place, "", "first", first, "second", place));
      }
    }
  }

  long hash(String code) {
    long hash = seed;
    for (int index = 0; index < code.length(); index++) {
      hash = (hash ^ code.charAt(index)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    hash *= 0xBF58476D1CE4E5B9L;
    return hash ^ (hash >>> 32);
  }

  private void addTwice(long[] sorted) {
    for (int index = 1; index < sorted.length && twice.size() < MOST_CANDIDATES; index++) {
      if (sorted[index] == sorted[index - 1]) {
        twice.add(sorted[index]);
      }
    }
  }

  private static long[] common(long[] first, long[] second) {
    long[] common = new long[16];
    int size = 0;
    int left = 0;
    int right = 0;
    while (left < first.length && right < second.length) {
      if (first[left] < second[right]) {
        left++;
      } else if (first[left] > second[right]) {
        right++;
      } else {
        if (size == common.length) {
          common = Arrays.copyOf(common, size * 2);
        }
        common[size++] = first[left];
        left++;
        right++;
      }
    }
    return Arrays.copyOf(common, size);
  }

  @Override
  public void close() throws IOException {
    try (codes;
        units) {
      nested = new long[0];
    }
    Files.deleteIfExists(directory);
  }
}
