package io.markbridge.mapping;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts that are being written: one open body for each combination of the document's fields.
 */
final class PartFiles implements Closeable {
  /** Each has a buffer here and one in the sink. */
  private static final int MOST_OPEN = 16;

  private final MappingTable table;
  private final String stream;
  private final long entriesPerPart;
  private final PartSink sink;
  private final Map<Map<String, Value>, PartWriter> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<MappedPart> parts = new ArrayList<>();
  private int number;

  PartFiles(MappingTable table, long entriesPerPart, PartSink sink) {
    this.table = table;
    this.stream = table.streamRule().to();
    this.entriesPerPart = entriesPerPart;
    this.sink = sink;
  }

  /** Adds an entry to the part of its fields; a full part is closed and another one opened. */
  void entry(Map<String, Value> fields, int level, Value entry, long codes) throws IOException {
    PartWriter part = open.get(fields);
    if (part != null && part.entries() >= entriesPerPart) {
      close(fields, part);
      part = null;
    }
    if (part == null) {
      if (open.size() >= MOST_OPEN) {
        Map.Entry<Map<String, Value>, PartWriter> oldest = open.entrySet().iterator().next();
        close(oldest.getKey(), oldest.getValue());
      }
      part = begin(fields, level);
      open.put(fields, part);
    }
    part.entry(entry, codes);
  }

  private PartWriter begin(Map<String, Value> fields, int level) throws IOException {
    Map<String, Value> body = new TreeMap<>();
    Map<String, String> query = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith("?")) {
            query.put(name.substring(1), Value.describe(value));
          } else {
            body.put(name, value);
          }
        });
    number++;
    return new PartWriter(sink.open(number), PartWriter.nested(body), stream, number, level, query);
  }

  private void close(Map<String, Value> fields, PartWriter part) throws IOException {
    open.remove(fields);
    parts.add(part.close(table.call()));
  }

  /** No part goes on in the next level. */
  void endLevel() throws IOException {
    for (Map.Entry<Map<String, Value>, PartWriter> entry : List.copyOf(open.entrySet())) {
      close(entry.getKey(), entry.getValue());
    }
  }

  /**
   * All parts in the order to send them.
   *
   * @param asked codes that an order asks for, or 0 where the entries are codes themselves
   */
  List<MappedPart> parts(long asked, Notes notes) {
    if (parts.size() > 1) {
      notes.add("", "", "", "split", "parts", parts.size());
    }
    return parts.stream()
        .sorted(java.util.Comparator.comparingInt(MappedPart::number))
        .map(part -> asked == 0 ? part : withCodes(part, asked))
        .toList();
  }

  private static MappedPart withCodes(MappedPart part, long codes) {
    return new MappedPart(
        part.number(), part.level(), part.call(), part.query(), part.size(), codes);
  }

  @Override
  public void close() throws IOException {
    for (PartWriter part : open.values()) {
      part.abandon();
    }
    open.clear();
  }
}
