package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the inbox gets a reply, and the bridge goes on: one process for all of it. */
class HostileInputIT {
  private static final AtomicLong NUMBERS = new AtomicLong(1);

  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static BridgeProcess bridge;
  private static FileDrop files;

  @BeforeAll
  static void start() throws IOException {
    sandbox = FastSandbox.startForAnyCodes();
    bridge =
        BridgeProcess.of(folder, sandbox)
            .with("markbridge.folders.\"beer/old\".charset", "windows-1251")
            .start();
    files = bridge.files();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    bridge.close();
    sandbox.close();
  }

  /** None of it stops the bridge. */
  @AfterEach
  void goodDocumentsStillPass() {
    String name = "good-" + NUMBERS.incrementAndGet();
    files.put("beer/" + name + ".json", goodOrder(name));
    files.awaitOrder("beer/" + name, "READY");
  }

  @Test
  void brokenBodiesAreRefusedWithAReason() throws IOException {
    String order = goodOrder("broken");
    Map<String, byte[]> broken = new LinkedHashMap<>();
    broken.put("empty", new byte[0]);
    broken.put("blank", bytes(" \n\t "));
    broken.put("truncated", bytes(order.substring(0, order.length() / 2)));
    broken.put("truncated-report", bytes("{\"usageType\":\"VERIFIED\",\"sntins\":[\"0104"));
    broken.put("invalid-utf-8", withByte(order, "Завод", 0xFF));
    broken.put("windows-1251", order.getBytes(Charset.forName("windows-1251")));
    broken.put("old/utf-8", bytes(order));
    broken.put("deep", bytes("{\"products\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
    broken.put(
        "deep-unknown", bytes("{\"a\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_001)));
    broken.put("trailing-garbage", bytes(order + "]"));
    broken.put("two-documents", bytes(order + "\n" + order));
    broken.put("array", bytes("[" + order + "]"));
    broken.put("text", bytes("\"order\""));
    broken.put("null", bytes("null"));
    broken.put("no-json", bytes("<?xml version=\"1.0\"?><order/>"));
    broken.put("wrong-enum", bytes(order.replace("OPERATOR", "SOMEBODY")));
    broken.put("wrong-type", bytes(order.replace("\"quantity\":2", "\"quantity\":{}")));
    broken.put("negative", bytes(order.replace("\"quantity\":2", "\"quantity\":-2")));
    broken.put("null-gtin", bytes(order.replace("\"" + LegacyBodies.GTIN + "\"", "null")));
    broken.put("no-products", bytes("{\"products\":[]}"));
    broken.put("null-codes", bytes("{\"usageType\":\"VERIFIED\",\"sntins\":null}"));
    broken.put("binary", new byte[] {0, 1, 2, 3, (byte) 0xCA, (byte) 0xFE});
    broken.put(
        "duplicate-keys", bytes(order.substring(0, order.length() - 1) + ",\"products\":[]}"));
    broken.put(
        "huge-number", bytes(order.replace("\"quantity\":2", "\"quantity\":1" + "0".repeat(900))));
    broken.forEach((name, content) -> files.put("beer/" + name + ".json", content));

    broken.forEach(
        (name, content) -> {
          JsonNode error = files.await("beer/" + name + ".error.json");
          assertThat(error.path("success").asBoolean(true)).as(name).isFalse();
          assertThat(error.path("globalErrors").size() + error.path("fieldErrors").size())
              .as(name + " " + error)
              .isPositive();
          bridge.await(
              name + " in failed/", () -> Files.exists(files.failed("beer/" + name + ".json")));
        });
    assertThat(files.await("beer/wrong-enum.error.json").toString())
        .contains("serialNumberType", "SOMEBODY");
    assertThat(files.await("beer/old/utf-8.error.json").toString()).contains("windows-1251");
    assertThat(files.await("beer/negative.error.json").toString()).contains("quantity");
    assertThat(sandbox.journal().orders()).noneMatch(order2 -> order2.poNumber().equals("broken"));
  }

  @Test
  void otherEncodingsAndLooseTypesPass() {
    Map<String, byte[]> good = new LinkedHashMap<>();
    good.put("bom", ("\uFEFF" + goodOrder("bom")).getBytes(StandardCharsets.UTF_8));
    good.put("utf-16-le", ("\uFEFF" + goodOrder("utf-16-le")).getBytes(StandardCharsets.UTF_16LE));
    good.put("utf-16-be", ("\uFEFF" + goodOrder("utf-16-be")).getBytes(StandardCharsets.UTF_16BE));
    good.put("old/cyrillic", goodOrder("old/cyrillic").getBytes(Charset.forName("windows-1251")));
    good.put(
        "number-as-text",
        bytes(goodOrder("number-as-text").replace("\"quantity\":2", "\"quantity\":\"2\"")));
    good.put(
        "unknown-field",
        bytes(goodOrder("unknown-field").replaceFirst("\\{", "{\"nobodyKnows\":{\"a\":[1,{}]},")));
    good.put("number-as-order", bytes(goodOrder("4711").replace("\"4711\"", "4711")));
    good.forEach((name, content) -> files.put("beer/" + name + ".json", content));

    good.keySet().forEach(name -> files.awaitOrder("beer/" + name, "READY"));
  }

  @Test
  void hugeStringNeedsNoMemory() throws IOException {
    Path file = folder.resolve("huge.bytes");
    try (OutputStream output = Files.newOutputStream(file)) {
      output.write(bytes("{\"nobodyKnows\":\""));
      byte[] block = bytes("x".repeat(1 << 20));
      for (int count = 0; count < 50; count++) {
        output.write(block);
      }
      output.write(bytes("\"," + goodOrder("huge").substring(1)));
    }
    files.move(file, "beer/huge.json");

    bridge.await(
        "an answer",
        () ->
            files.read("beer/huge.error.json").isPresent()
                || files.read("beer/huge.reply.json").isPresent());
  }

  @Test
  void awkwardNamesAreAnsweredBesideOthers() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("два слова", "два слова");
    names.put("a..b", "a..b");
    names.put("..b", "");
    names.put("CON", "_CON");
    names.put("line\nbreak", "line_break");
    names.put("quote\"<>|?*", "quote______");
    names.put("%s${jndi}{{x}}#{1+1}", "%s${jndi}{{x}}#{1+1}");
    names.put("long" + "г".repeat(98), "");
    names.put("long" + "x".repeat(196), "");
    names.forEach((name, reply) -> files.put("beer/" + name + ".json", goodOrder(name)));

    names.forEach(
        (name, reply) -> {
          if (!reply.isEmpty()) {
            files.awaitOrder("beer/" + reply, "READY");
          }
        });
    bridge.await(
        "the long names",
        () ->
            files.replies(".status.json").stream()
                    .filter(name -> name.startsWith("beer/long"))
                    .count()
                == 2);
    // Hidden files are nobody's documents.
    assertThat(files.inbox("beer/..b.json")).exists();
  }

  @Test
  void foldersNobodyKnowsAndFoldersLikeFiles() throws IOException {
    Files.createDirectories(files.inbox("beer/folder.json"));
    files.put("beer/folder.json/inside.json", goodOrder("inside"));
    files.put("nobody/knows/this.json", goodOrder("unknown-folder"));
    files.put("without-folder.json", goodOrder("without-folder"));

    files.awaitOrder("beer/folder.json/inside", "READY");
    assertThat(files.await("nobody/knows/this.error.json").path("success").asBoolean(true))
        .isFalse();
    assertThat(files.await("without-folder.error.json").path("success").asBoolean(true)).isFalse();
  }

  @Test
  void linksOutOfTheInboxAreNotFollowed() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path secret = outside.resolve("secret.json");
    Files.writeString(secret, goodOrder("secret"));
    Files.createDirectories(files.inbox("beer"));
    Files.createSymbolicLink(files.inbox("beer/link.json"), secret);
    Files.createSymbolicLink(files.inbox("beer/linked"), outside);
    String after = "after-links";
    files.put("beer/" + after + ".json", goodOrder(after));
    files.awaitOrder("beer/" + after, "READY");

    for (String link : List.of("link.json", "linked")) {
      bridge.await(
          "a word in the log", () -> told().contains("beer/" + link + " is a symbolic link"));
    }
    assertThat(secret).exists();
    assertThat(sandbox.journal().orders()).noneMatch(order -> order.poNumber().equals("secret"));
    Files.delete(files.inbox("beer/link.json"));
    Files.delete(files.inbox("beer/linked"));
  }

  @Test
  void markersRenamesAndSideFiles() throws IOException {
    // First, or the document would perhaps be gone before its marker comes.
    files.put("beer/marked.json.done", "");
    files.put("beer/marked.json", goodOrder("marked"));
    files.awaitOrder("beer/marked", "READY");
    bridge.await("the marker to go", () -> Files.notExists(files.inbox("beer/marked.json.done")));

    files.put("beer/renamed.json.tmp", goodOrder("renamed"));
    files.put("beer/meanwhile.http", "GET /api/v2/beer/ping\n\n");
    files.await("beer/meanwhile.reply.json");
    assertThat(files.inbox("beer/renamed.json.tmp")).exists();
    Files.move(
        files.inbox("beer/renamed.json.tmp"),
        files.inbox("beer/renamed.json"),
        StandardCopyOption.ATOMIC_MOVE);
    files.awaitOrder("beer/renamed", "READY");

    files.put("water/side.meta.json", "{\"businessPlaceId\": 18}");
    files.put("water/side.json", goodOrder("side"));
    files.awaitOrder("water/side", "READY");
    bridge.await("its side file", () -> Files.exists(files.done("water/side.meta.json")));
    files.put("water/broken-side.meta.json", "{\"businessPlaceId\": ");
    files.put("water/broken-side.json", goodOrder("broken-side"));
    assertThat(files.await("water/broken-side.error.json").toString()).contains("meta.json");
  }

  /**
   * A plain file stands where the folder of the originals must be: the document waits, the others
   * go on.
   */
  @Test
  void aFileThatCannotBeMovedIsToldAndDoesNotBlock() throws IOException {
    Path blocking = folder.resolve("done/beer/blocked");
    Files.createDirectories(blocking.getParent());
    Files.writeString(blocking, "not a folder");
    files.put("beer/blocked/order.json", goodOrder("blocked"));
    bridge.await(
        "a word in the log", () -> told().contains("taking beer/blocked/order.json failed"));
    files.put("beer/while-blocked.json", goodOrder("while-blocked"));
    files.awaitOrder("beer/while-blocked", "READY");
    Files.delete(blocking);
    bridge.await(
        "the original in done/",
        () -> Files.exists(folder.resolve("done/beer/blocked/order.json")));
    assertThat(folder.resolve("inbox/beer/blocked/order.json")).doesNotExist();
  }

  private static String goodOrder(String poNumber) {
    return LegacyBodies.order(poNumber, 2).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A byte that is no UTF-8 in front of a word. */
  private static byte[] withByte(String text, String word, int value) throws IOException {
    int at = text.indexOf(word);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(bytes(text.substring(0, at)));
    bytes.write(value);
    bytes.write(bytes(text.substring(at)));
    return bytes.toByteArray();
  }

  private static String told() {
    try {
      return bridge.told();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
