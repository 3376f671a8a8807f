import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Writes legacy documents of any size; a single-file program.
 *
 * <pre>
 * java bench/Generate.java aggregation FILE BYTES     units of 1000 codes, until the file is that large
 * java bench/Generate.java report FILE CODES          one utilisation report
 * java bench/Generate.java documents FOLDER COUNT     half orders, half reports of two codes
 * </pre>
 */
public final class Generate {
  private static final String GTIN = "04780001000015";
  private static final int CODES_OF_UNIT = 1000;

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("aggregation FILE BYTES | report FILE CODES | documents FOLDER COUNT");
      System.exit(2);
    }
    Path target = Path.of(arguments[1]);
    long amount = Long.parseLong(arguments[2]);
    switch (arguments[0]) {
      case "aggregation" -> aggregation(target, amount);
      case "report" -> report(target, 0, amount);
      case "documents" -> documents(target, (int) amount);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void aggregation(Path file, long bytes) throws IOException {
    long written = 0;
    StringBuilder unit = new StringBuilder();
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write("{\"productionLineId\":\"17\",\"aggregationUnits\":[");
      for (long number = 0; written < bytes; number++) {
        unit.setLength(0);
        unit.append(number == 0 ? "" : ",")
            .append("{\"unitSerialNumber\":\"04780001")
            .append(padded(number, 10))
            .append("\",\"aggregationType\":\"AGGREGATION\",\"aggregationUnitCapacity\":1000,")
            .append("\"aggregatedItemsCount\":1000,\"sntins\":[");
        for (int index = 0; index < CODES_OF_UNIT; index++) {
          unit.append(index == 0 ? "\"" : ",\"")
              .append(bare(100_000_000L + number * CODES_OF_UNIT + index))
              .append('"');
        }
        unit.append("]}");
        writer.append(unit);
        written += unit.length();
      }
      writer.write("]}");
    }
  }

  private static void report(Path file, long from, long codes) throws IOException {
    LocalDate today = LocalDate.now();
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write(
          "{\"usageType\":\"VERIFIED\",\"brandcode\":\"B-1\",\"productionDate\":\""
              + today.minusDays(2)
              + "T00:00:00Z\",\"expirationDate\":\""
              + today.plusYears(1)
              + "T00:00:00Z\",\"seriesNumber\":\"S-1\",\"sntins\":[");
      for (long number = 0; number < codes; number++) {
        writer.write(number == 0 ? "\"" : ",\"");
        writer.write(bare(from + number));
        writer.write("\\u001d91UZF0\\u001d92");
        writer.write(padded(Math.floorMod((from + number) * 7919, 1_000_000_007L), 43));
        writer.write("=\"");
      }
      writer.write("]}");
    }
  }

  /** Each file is renamed into its name, so that it is whole from its first moment. */
  private static void documents(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    Path temporary = folder.resolveSibling(folder.getFileName() + ".writing");
    for (int number = 0; number < count / 2; number++) {
      Files.writeString(temporary, order(number));
      Files.move(temporary, folder.resolve("order-" + number + ".json"), StandardCopyOption.ATOMIC_MOVE);
      report(temporary, number * 2L, 2);
      Files.move(temporary, folder.resolve("report-" + number + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String order(int number) {
    return "{\"factoryId\":\"F-1\",\"factoryCountry\":\"UZ\",\"releaseMethodType\":\"PRODUCTION\","
        + "\"productionLineId\":17,\"poNumber\":\"PO-"
        + number
        + "\",\"products\":[{\"gtin\":\""
        + GTIN
        + "\",\"quantity\":2,\"serialNumberType\":\"OPERATOR\",\"serialNumbers\":null,\"templateId\":18}]}";
  }

  private static String bare(long number) {
    return "01" + GTIN + "21" + padded(number, 13);
  }

  private static String padded(long number, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", number);
  }
}
