package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Maps one large generated document, in a process of its own. Arguments: directory, kind, size.
 * Prints what came of it.
 */
final class LargeDocument {
  private static final int CODES_PER_UNIT = 500;

  private LargeDocument() {}

  public static void main(String[] arguments) throws Exception {
    String kind = arguments[1];
    long size = Long.parseLong(arguments[2]);
    Payload payload = payload(kind, size);
    long start = System.nanoTime();
    TableMapper mapper =
        new MapperHarness(Path.of(arguments[0])).setting("business-place-id", "17").mapper();
    try {
      MappedDocument document =
          mapper.map(
              new MappingRequest(
                  kind.equals("utilisation") ? kind : "aggregation",
                  "pharma",
                  "main",
                  Optional.empty(),
                  "",
                  java.util.Map.of(),
                  Optional.empty(),
                  MapperHarness.NOW,
                  payload),
              OrderMemory.EMPTY,
              AcceptedCodes.NONE,
              part -> OutputStream.nullOutputStream());
      System.out.println("rejected: no, parts: " + document.parts().size());
      System.out.println("codes: " + document.parts().stream().mapToLong(MappedPart::codes).sum());
    } catch (DocumentRejectedException exception) {
      System.out.println(exception.problems().subList(0, 1));
    }
    System.out.println("seconds: " + (System.nanoTime() - start) / 1_000_000_000.0);
  }

  private static Payload payload(String kind, long size) {
    return switch (kind) {
      case "utilisation" ->
          new Generated(
              size * 100,
              "{\"releaseType\":\"PRODUCTION\",\"manufacturerCountry\":\"UZ\","
                  + "\"seriesNumber\":\"7\",\"productionDate\":\"2026-08-17\","
                  + "\"expirationDate\":\"2028-08-17\",\"sntins\":[",
              size,
              number -> '"' + code(number) + TAIL + '"',
              "]}");
      case "huge-unit" ->
          new Generated(
              size,
              "{\"aggregationUnits\":[{\"unitSerialNumber\":\"a\",\"sntins\":[",
              size / 34,
              number -> '"' + code(number) + '"',
              "]}]}");
      case "same" ->
          new Generated(
              size, UNITS, size / 34 / CODES_PER_UNIT, number -> unit(number, 0, false), "]}");
      case "empty-objects" ->
          new Generated(size, "{\"x\":[", size / 3, number -> "{}", "],\"aggregationUnits\":[]}");
      case "nested" ->
          new Generated(
              size,
              UNITS,
              size / 60,
              number ->
                  "{\"unitSerialNumber\":\"n"
                      + number
                      + "\",\"sntins\":[\"00"
                      + String.format("%018d", number)
                      + "\"]},{\"unitSerialNumber\":\"00"
                      + String.format("%018d", number)
                      + "\",\"sntins\":[\""
                      + code(number)
                      + "\"]}",
              "]}");
      case "twice" ->
          new Generated(
              size,
              UNITS,
              size / 34 / CODES_PER_UNIT,
              number -> unit(number, number == 700 ? 3 : number, true),
              "]}");
      default ->
          new Generated(
              size, UNITS, size / 34 / CODES_PER_UNIT, number -> unit(number, number, true), "]}");
    };
  }

  private static final String UNITS = "{\"participantId\":1,\"aggregationUnits\":[";
  private static final String TAIL =
      "\\u001d91UZF0\\u001d92AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEf==";

  private static String code(long number) {
    String digits = String.valueOf(1_000_000_000_000L + number);
    return "010478001234567921" + digits;
  }

  private static String unit(long number, long first, boolean different) {
    StringBuilder unit = new StringBuilder(CODES_PER_UNIT * 34 + 100);
    unit.append("{\"unitSerialNumber\":\"").append(100_000_000_000_000_000L + number);
    unit.append("\",\"aggregatedItemsCount\":").append(CODES_PER_UNIT).append(",\"sntins\":[");
    IntStream.range(0, CODES_PER_UNIT)
        .forEach(
            index ->
                unit.append(index == 0 ? "\"" : ",\"")
                    .append(code(different ? first * CODES_PER_UNIT + index : 0))
                    .append('"'));
    return unit.append("]}").toString();
  }

  /** Makes the n-th entry. */
  private interface Entries {
    String entry(long number);
  }

  /** A document that is generated while it is read. */
  private record Generated(long size, String before, long count, Entries entries, String after)
      implements Payload {
    @Override
    public InputStream open() {
      Iterator<byte[]> pieces =
          new Iterator<>() {
            private long next = -1;

            @Override
            public boolean hasNext() {
              return next <= count;
            }

            @Override
            public byte[] next() {
              if (!hasNext()) {
                throw new NoSuchElementException();
              }
              long number = next++;
              String text =
                  number < 0
                      ? before
                      : number == count ? after : (number == 0 ? "" : ",") + entries.entry(number);
              return text.getBytes(StandardCharsets.US_ASCII);
            }
          };
      return new BufferedInputStream(new Pieces(pieces), 64 * 1024);
    }
  }

  private static final class Pieces extends InputStream {
    private final Iterator<byte[]> pieces;
    private byte[] piece = new byte[0];
    private int position;

    private Pieces(Iterator<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
      while (position == piece.length) {
        if (!pieces.hasNext()) {
          return -1;
        }
        piece = pieces.next();
        position = 0;
      }
      int count = Math.min(length, piece.length - position);
      System.arraycopy(piece, position, buffer, from, count);
      position += count;
      return count;
    }
  }
}
