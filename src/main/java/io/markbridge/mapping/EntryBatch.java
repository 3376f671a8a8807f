package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries that wait until the memory was asked, in one question, which orders their codes were
 * fetched for: a report has tens of thousands of codes. Their order is kept.
 */
final class EntryBatch {
  /** Of codes, so that large packing units do not fill the memory. */
  private static final int MOST_CODES = 500;

  private final PartValues values;
  private final DocumentContext context;
  private final Listener listener;
  private final List<MappedEntry> waiting = new ArrayList<>();
  private int codes;

  EntryBatch(PartValues values, DocumentContext context, Listener listener) {
    this.values = values;
    this.context = context;
    this.listener = listener;
  }

  /** What is done with each entry. */
  @FunctionalInterface
  interface Listener {
    void entry(MappedEntry entry) throws DocumentRejectedException, IOException;
  }

  void add(MappedEntry entry) throws DocumentRejectedException, IOException {
    if (!values.asksOrdersOfCodes()) {
      listener.entry(entry);
      return;
    }
    waiting.add(entry);
    codes += 1 + entry.run().codes().size();
    if (codes >= MOST_CODES) {
      finish();
    }
  }

  /** Passes on what still waits. */
  void finish() throws DocumentRejectedException, IOException {
    context.askOrdersOf(
        waiting.stream()
            .filter(entry -> entry.value() != null && !entry.run().codes().isEmpty())
            .map(entry -> PartValues.codeOf(entry.run()))
            .toList());
    for (MappedEntry entry : waiting) {
      listener.entry(entry);
    }
    waiting.clear();
    codes = 0;
  }
}
