package io.markbridge.step;

import io.markbridge.journal.Arrival;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxRow;
import io.markbridge.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a row of an outbox is as a document: its source path is the row's id with the legacy key,
 * its bytes are the payload or, of a legacy call, what a {@code .http} file with it would hold.
 */
final class RowArrival {
  private static final String GROUP = "[A-Za-z0-9_-]{1,40}";
  private static final int LONGEST_VALUE = 1000;
  private static final int LONGEST_KEY = 100;
  private static final String HTTP = ".http";

  private final Settings settings;
  private final LegacyApi api;

  RowArrival(Settings settings, LegacyApi api) {
    this.settings = settings;
    this.api = api;
  }

  /**
   * The arrival of a row as far as it can be told; what is wrong with a column is in it, and
   * refuses the document when it is planned.
   *
   * @param binary whether the payload came out of a column of bytes
   */
  Arrival of(Outbox outbox, OutboxRow row, boolean binary) {
    Optional<String> wrong = wrong(outbox, row);
    if (wrong.isPresent()) {
      return refused(outbox, row, wrong.get());
    }
    return arrival(
        outbox,
        row,
        row.account().or(outbox::account),
        row.productGroup().or(outbox::group),
        row.kind(),
        row.given(),
        binary ? outbox.charset() : Optional.empty(),
        Arrival.UNKNOWN_SIZE);
  }

  /** The arrival of a row that cannot be a document: it is stored without payload, and refused. */
  Arrival refused(Outbox outbox, OutboxRow row, String reason) {
    return arrival(
        outbox,
        row,
        outbox.account(),
        Optional.empty(),
        Optional.empty(),
        Map.of(RecogniseDocument.ROW_BROKEN, printable(reason, LONGEST_VALUE)),
        Optional.empty(),
        0);
  }

  private static Arrival arrival(
      Outbox outbox,
      OutboxRow row,
      Optional<String> account,
      Optional<String> group,
      Optional<String> kind,
      Map<String, String> given,
      Optional<String> charset,
      long size) {
    return new Arrival(
        outbox.source(),
        sourcePath(row),
        Optional.empty(),
        outbox.source() + "|" + row.id(),
        account,
        group,
        kind,
        new LinkedHashMap<>(given),
        charset,
        size,
        row.madeAt());
  }

  /** The same arrival, of so many bytes. */
  static Arrival sized(Arrival arrival, long size) {
    return new Arrival(
        arrival.source(),
        arrival.sourcePath(),
        arrival.replyName(),
        arrival.identity(),
        arrival.account(),
        arrival.productGroup(),
        arrival.kind(),
        arrival.given(),
        arrival.charset(),
        size,
        arrival.madeAt());
  }

  static boolean isRefused(Arrival arrival) {
    return arrival.given().containsKey(RecogniseDocument.ROW_BROKEN);
  }

  /** The bytes of a row: of a call its request line, an empty line, and the payload. */
  static InputStream bytes(OutboxRow row, InputStream payload) {
    return row.request()
        .<InputStream>map(
            request ->
                new SequenceInputStream(
                    new ByteArrayInputStream(
                        (printable(request, Integer.MAX_VALUE) + "\n\n")
                            .getBytes(StandardCharsets.UTF_8)),
                    payload))
        .orElse(payload);
  }

  /** Encoded, so that no id looks like folders, nor like an ending. */
  private static String sourcePath(OutboxRow row) {
    String id = URLEncoder.encode(row.id(), StandardCharsets.UTF_8).replace(".", "%2E");
    String key =
        row.legacyKey()
            .map(text -> " " + printable(text, LONGEST_KEY).replace('/', '_'))
            .orElse("");
    return id + key + (row.request().isPresent() ? HTTP : ".json");
  }

  /** The row's id in a document's source path. */
  static String rowId(String sourcePath) {
    return URLDecoder.decode(sourcePath.split("[ .]", 2)[0], StandardCharsets.UTF_8);
  }

  private Optional<String> wrong(Outbox outbox, OutboxRow row) {
    if (row.size() > outbox.largestPayload()) {
      return Optional.of(
          "its payload has "
              + row.size()
              + " bytes, markbridge.outbox."
              + outbox.name()
              + ".largest-megabytes allows "
              + outbox.largestPayload());
    }
    if (row.kind().filter(kind -> !api.kinds().contains(kind)).isPresent()) {
      return Optional.of(
          "column kind says \""
              + row.kind().get()
              + "\", known are "
              + String.join(", ", api.kinds()));
    }
    if (row.account().filter(name -> !settings.accounts().contains(name)).isPresent()) {
      return Optional.of(
          "column account says \"" + row.account().get() + "\", no such account is set");
    }
    if (row.productGroup().filter(group -> !group.matches(GROUP)).isPresent()) {
      return Optional.of("column product_group says \"" + row.productGroup().get() + "\"");
    }
    for (Map.Entry<String, String> one : row.given().entrySet()) {
      if (one.getValue().length() > LONGEST_VALUE
          || one.getValue().chars().anyMatch(Character::isISOControl)) {
        return Optional.of(
            "the column for "
                + one.getKey()
                + " holds more than 1000 characters, or control characters");
      }
    }
    return Optional.empty();
  }

  private static String printable(String text, int longest) {
    String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]", " ");
    return line.length() > longest ? line.substring(0, longest) + "…" : line;
  }
}
