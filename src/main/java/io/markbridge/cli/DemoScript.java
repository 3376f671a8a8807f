package io.markbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What a legacy system does in a day: orders, reports about their codes, aggregations, and
 * questions in between.
 */
final class DemoScript {
  private static final String OMS_ID = "CDF12109-10D3-11E6-8B6F-0050569977A1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final char GROUP_SEPARATOR = 0x1D;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Consumer<String> progress;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  DemoScript(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * @return whether every document was answered in time
   */
  boolean play() throws IOException {
    progress.accept("orders: tobacco, pharma, water");
    sample("tobacco/order-packs.json");
    sample("pharma/order-tablets.json");
    sample("water/order-bottles.json");
    if (!answered(
        "tobacco/order-packs.codes-04780001234561-1",
        "pharma/order-tablets.codes-04780009876541-1",
        "water/order-bottles.reply")) {
      return false;
    }
    List<String> packs = codes("tobacco/order-packs.codes-04780001234561-1");
    List<String> tablets = codes("pharma/order-tablets.codes-04780009876541-1");
    progress.accept("reports: the codes received were applied");
    drop(
        "tobacco/utilisation-packs.json",
        report(packs, "VERIFIED").put("productionLineId", "4").put("productionOrderId", 40117));
    drop(
        "pharma/utilisation-tablets.json",
        report(tablets, "PRINTED")
            .put("seriesNumber", "S-118")
            .put("productionOrderId", "PO-2026-118"));
    if (!sent("tobacco/utilisation-packs", "pharma/utilisation-tablets")) {
      return false;
    }
    progress.accept("aggregations: packs in a case, tablets in two levels");
    drop("tobacco/aggregation-case.json", aggregation(unit("000000000012345675", packs)));
    drop(
        "pharma/aggregation-pallet.json",
        aggregation(
            unit("000000000012345682", List.of("000000000012345699", "000000000012345705")),
            unit("000000000012345699", tablets.subList(0, 3)),
            unit("000000000012345705", tablets.subList(3, 6))));
    if (!sent("tobacco/aggregation-case", "pharma/aggregation-pallet")) {
      return false;
    }
    progress.accept("questions: calls that have no body, as .http files");
    return questions();
  }

  private boolean questions() throws IOException {
    String water = read("water/order-bottles.reply").path("orderId").asText();
    String order = read("tobacco/order-packs.reply").path("orderId").asText();
    String block = read("tobacco/order-packs.codes-04780001234561-1").path("blockId").asText();
    String report = read("tobacco/utilisation-packs.reply").path("reportId").asText();
    get("tobacco/ping", "ping?");
    get("tobacco/version", "version?");
    get("tobacco/order-list", "orders?");
    get("tobacco/blocks", "codes/blocks?orderId=" + order + "&gtin=04780001234561&");
    get(
        "tobacco/retry",
        "codes/retry?orderId=" + order + "&gtin=04780001234561&blockId=" + block + "&");
    get("tobacco/report-info", "report/info?reportId=" + report + "&");
    get("water/codes", "codes?orderId=" + water + "&gtin=04860001110013&quantity=3&lastBlockId=0&");
    if (!answered("water/codes.reply")) {
      return false;
    }
    get("water/buffer-status", "buffer/status?orderId=" + water + "&gtin=04860001110013&");
    if (!answered("water/buffer-status.reply")) {
      return false;
    }
    write(
        "water/close.http",
        "POST /api/v2/water/buffer/close?omsId=" + OMS_ID + "&orderId=" + water + "\n");
    progress.accept("documents that cannot become a request");
    sample("pharma/dropout.json");
    sample("water/truncated.json");
    return answered(
        "tobacco/ping.reply",
        "tobacco/version.reply",
        "tobacco/order-list.reply",
        "tobacco/blocks.reply",
        "tobacco/retry.reply",
        "tobacco/report-info.reply",
        "water/close.reply",
        "pharma/dropout.error",
        "water/truncated.error");
  }

  private static ObjectNode report(List<String> codes, String usageType) {
    LocalDate today = LocalDate.now();
    ObjectNode report = JSON.createObjectNode();
    codes.forEach(report.putArray("sntins")::add);
    return report
        .put("usageType", usageType)
        .put("brandcode", "DEMO")
        .put("productionDate", today.minusDays(1) + "T00:00:00Z")
        .put("expirationDate", today.plusYears(2) + "T00:00:00Z");
  }

  private static ObjectNode aggregation(ObjectNode... units) {
    ObjectNode aggregation =
        JSON.createObjectNode().put("participantId", 301234567).put("productionLineId", "4");
    ArrayNode list = aggregation.putArray("aggregationUnits");
    List.of(units).forEach(list::add);
    return aggregation;
  }

  private static ObjectNode unit(String serial, List<String> codes) {
    ObjectNode unit =
        JSON.createObjectNode()
            .put("unitSerialNumber", serial)
            .put("aggregationType", "AGGREGATION")
            .put("aggregationUnitCapacity", codes.size())
            .put("aggregatedItemsCount", codes.size());
    ArrayNode sntins = unit.putArray("sntins");
    codes.forEach(code -> sntins.add(withoutTail(code)));
    return unit;
  }

  private static String withoutTail(String code) {
    int separator = code.indexOf(GROUP_SEPARATOR);
    return separator < 0 ? code : code.substring(0, separator);
  }

  private void get(String name, String call) throws IOException {
    String group = name.substring(0, name.indexOf('/'));
    write(name + ".http", "GET /api/v2/" + group + "/" + call + "omsId=" + OMS_ID + "\n");
  }

  private void drop(String name, ObjectNode content) throws IOException {
    write(name, content.toPrettyString());
  }

  private void sample(String name) throws IOException {
    try (InputStream sample = DemoScript.class.getResourceAsStream("/demo/" + name)) {
      write(name, new String(sample.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The water plant has an SFTP server, the others have folders in common with the bridge. */
  static Path root(Path folder, String name) {
    return name.startsWith("water/") ? folder.resolve("sftp") : folder;
  }

  private Path reply(String name) {
    return root(folder, name).resolve("replies").resolve(name + ".json");
  }

  /** As a careful legacy system does it: under another name first. */
  private void write(String name, String content) throws IOException {
    Path file = root(folder, name).resolve("inbox").resolve(name);
    Files.createDirectories(file.getParent());
    Path temporary = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), content);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> codes(String reply) throws IOException {
    List<String> codes = new ArrayList<>();
    read(reply).path("codes").forEach(code -> codes.add(code.asText()));
    return codes;
  }

  private JsonNode read(String reply) throws IOException {
    return JSON.readTree(reply(reply).toFile());
  }

  private boolean answered(String... names) {
    return until(
        () -> {
          for (String name : names) {
            if (Files.notExists(reply(name))) {
              return false;
            }
          }
          return true;
        });
  }

  private boolean sent(String... names) {
    return until(
        () -> {
          for (String name : names) {
            Path status = reply(name + ".status");
            if (Files.notExists(status)
                || read(name + ".status").path("reportStatus").asText().equals("PENDING")) {
              return false;
            }
          }
          return true;
        });
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private boolean until(Condition condition) {
    while (System.nanoTime() < deadline) {
      try {
        if (condition.holds()) {
          return true;
        }
      } catch (IOException beingWritten) {
        // The next look sees it whole.
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return false;
  }
}
