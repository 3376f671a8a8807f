package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.Patience;
import io.markbridge.document.Document;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Look;
import io.markbridge.step.Drop.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that has to be so at an SFTP server, whichever it is. */
abstract class SftpCases {
  private static final int MANY = Integer.getInteger("markbridge.sftp.files", 2_000);

  @TempDir Path folder;
  SftpPlantServer server;
  SftpBridge bridge;

  abstract SftpPlantServer server(Path empty) throws Exception;

  @BeforeEach
  void start() throws Exception {
    server = server(folder);
    bridge = bridge("bridge", Map.of());
  }

  @AfterEach
  void end() throws Exception {
    if (bridge != null) {
      bridge.close();
    }
    if (server != null) {
      server.close();
    }
  }

  final SftpBridge bridge(String name, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(server.quickSettings());
    settings.put("port", Integer.toString(server.port()));
    settings.putAll(more);
    return new SftpBridge(folder.resolve(name), settings);
  }

  @Test
  void aDocumentIsTakenAndItsRepliesLieAtTheSamePlace() throws Exception {
    put("inbox/beer/line 1/a.json", "one");
    put("inbox/beer/line 1/a.meta.json", "{\"productionDate\": \"2026-10-01\"}");
    put("inbox/beer/bad.http", "refuse");
    put("inbox/beer/notes.txt", "not a document");

    bridge.collect();
    assertThat(bridge.documents()).as("seen once only").isEmpty();
    bridge.rounds();

    Document document = bridge.documents("beer/line 1/a.json").get(0);
    assertThat(document.source()).isEqualTo("sftp:plant");
    assertThat(document.productGroup()).contains("beer");
    assertThat(document.given()).containsEntry("productionDate", "2026-10-01");
    assertThat(below("inbox")).containsExactly("beer/notes.txt");
    assertThat(below("done")).containsExactly("beer/line 1/a.json", "beer/line 1/a.meta.json");
    assertThat(below("failed")).containsExactly("beer/bad.http");
    assertThat(below("replies"))
        .containsExactly(
            "beer/bad.codes-1.json",
            "beer/bad.status.json",
            "beer/line 1/a.codes-1.json",
            "beer/line 1/a.status.json");
    assertThat(text("replies/beer/line 1/a.status.json")).isEqualTo("{\"said\":\"one\"}");
    assertThat(bridge.journal().documents().sourcesNotRemoved()).isEmpty();
    assertThat(bridge.open()).isEmpty();
  }

  @Test
  void everyWayToLogInWorks() throws Exception {
    for (Map.Entry<String, Map<String, String>> login : server.logins().entrySet()) {
      Map<String, String> settings = new HashMap<>(server.hostKey());
      settings.putAll(login.getValue());
      settings.put("port", Integer.toString(server.port()));
      String name = login.getKey().replace(' ', '-');
      put("inbox/beer/" + name + ".json", name);
      try (SftpBridge other = new SftpBridge(folder.resolve(name), settings)) {
        other.rounds();
        assertThat(other.documents()).as(login.getKey() + " " + other.open()).hasSize(1);
      }
    }
  }

  @Test
  void whoMayNotLogInIsToldOnceAndWaits() throws Exception {
    try (SftpBridge other = bridge("other", Map.of("username", "nobody"))) {
      put("inbox/beer/a.json", "one");
      other.rounds();
      assertThat(other.documents()).isEmpty();
      assertThat(other.open()).hasSize(1);
      assertThat(other.open().get(0)).contains("sftp:plant").contains("does not let nobody in");
    }
  }

  @Test
  void aWholeServerCanBelongToOneGroup() throws Exception {
    try (SftpBridge other = bridge("other", Map.of("group", "beer"))) {
      put("inbox/line-1/a.json", "one");
      put("inbox/b.json", "two");
      other.rounds();
      assertThat(other.documents("beer/line-1/a.json")).hasSize(1);
      assertThat(other.documents("beer/b.json").get(0).productGroup()).contains("beer");
      assertThat(below("done")).containsExactly("b.json", "line-1/a.json");
      assertThat(below("replies"))
          .containsExactly(
              "b.codes-1.json", "b.status.json", "line-1/a.codes-1.json", "line-1/a.status.json");
    }
  }

  @Test
  void thousandsOfFilesAreTakenOnceEach() throws Exception {
    for (int number = 0; number < MANY; number++) {
      put("inbox/beer/line-" + number % 7 + "/deep/" + number + ".json", "document " + number);
    }
    long from = System.nanoTime();
    bridge.collect();
    bridge.collect();
    long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
    System.out.println(getClass().getSimpleName() + ": " + MANY + " files in " + seconds + " s");

    assertThat(bridge.documents()).hasSize(MANY);
    assertThat(bridge.documents().stream().map(bridge::text).distinct()).hasSize(MANY);
    assertThat(below("inbox")).isEmpty();
    assertThat(below("done")).hasSize(MANY);
    assertThat(bridge.fetched()).isEmptyDirectory();
  }

  @Test
  void aFileThatGrowsIsTakenWhole() throws Exception {
    Path file = put("inbox/beer/grows.json", "{\"half\"");
    bridge.collect();
    Files.writeString(file, ": true", StandardOpenOption.APPEND);
    bridge.collect();
    Files.writeString(file, "}", StandardOpenOption.APPEND);
    bridge.collect();
    assertThat(bridge.documents()).isEmpty();
    bridge.collect();
    assertThat(bridge.text(bridge.documents().get(0))).isEqualTo("{\"half\": true}");
  }

  @Test
  void aFileThatIsNotWhatWasListedIsNotTaken() throws Exception {
    put("inbox/beer/a.json", "12345");
    try (SftpDrop drop = drop()) {
      Place place = new Place(Folder.INBOX, "beer/a.json");
      Look seen = drop.look(place).orElseThrow();
      for (long size : new long[] {4, 6}) {
        assertThatThrownBy(() -> drop.fetch(place, new Look(size, seen.time())))
            .isInstanceOf(IOException.class);
      }
      try (var fetched = drop.fetch(place, seen)) {
        assertThat(fetched.file()).hasContent("12345");
      }
      assertThat(folder.resolve("own")).isEmptyDirectory();
    }
  }

  @Test
  void aMarkerOrARenamingTellThatAFileIsWhole() throws Exception {
    put("inbox/beer/marked.json", "one");
    put("inbox/beer/marked.json.done", "");
    Path part = put("inbox/beer/renamed.json.filepart", "two");
    bridge.collect();
    assertThat(bridge.documents()).hasSize(1);
    Files.move(part, part.resolveSibling("renamed.json"));
    bridge.collect();
    assertThat(bridge.documents()).hasSize(2);
    assertThat(below("inbox")).isEmpty();
  }

  @Test
  void whatIsNotPermittedStaysAndTheRestGoesOn() throws Exception {
    Path denied = put("inbox/beer/denied.json", "one");
    put("inbox/beer/other.json", "two");
    server.permit(denied, false);
    bridge.rounds();
    assertThat(bridge.documents())
        .extracting(Document::sourcePath)
        .containsExactly("beer/other.json");
    assertThat(bridge.open()).singleElement().asString().contains("sftp:plant files");
    bridge.journals.clock.advance(Duration.ofMinutes(10));
    bridge.troubles.endQuiet();
    assertThat(bridge.troubles.of("sftp:plant")).as("until it is taken").hasSize(1);

    server.permit(denied, true);
    bridge.rounds();
    assertThat(bridge.documents("beer/denied.json")).hasSize(1);
    assertThat(below("inbox")).isEmpty();
    assertThat(bridge.open()).isEmpty();
  }

  @Test
  void whoeverLooksAfterTheServerTellsItsTroubles() throws Exception {
    server.permit(put("inbox/beer/denied.json", "one"), false);
    bridge.rounds();
    assertThat(bridge.open()).hasSize(1);
    bridge.stop();
    bridge.round();
    assertThat(bridge.open()).isEmpty();
  }

  @Test
  void aFolderThatMayNotBeListedKeepsNobodyFromTheOthers() throws Exception {
    Path sealed = put("inbox/sealed/deep/a.json", "one").getParent().getParent();
    put("inbox/beer/b.json", "two");
    server.seal(sealed, true);
    bridge.rounds();
    assertThat(bridge.documents()).extracting(Document::sourcePath).containsExactly("beer/b.json");
    assertThat(below("replies")).hasSize(2);
    assertThat(bridge.open())
        .singleElement()
        .asString()
        .contains("sftp:plant folders", "/sealed", "does not permit it");

    server.seal(sealed, false);
    bridge.rounds();
    assertThat(bridge.documents("sealed/deep/a.json")).hasSize(1);
    assertThat(bridge.open()).isEmpty();

    server.seal(server.root().resolve("inbox"), true);
    bridge.rounds();
    assertThat(bridge.open()).singleElement().asString().contains("sftp:plant:");
    server.seal(server.root().resolve("inbox"), false);
  }

  /** Of the same length, between its listing and its download. */
  @Test
  void aFileThatIsOverwrittenIsTakenOnce() throws Exception {
    Path file = put("inbox/beer/a.json", "first");
    bridge.collect();
    bridge.collect(found -> overwrite(file, "other"));
    assertThat(bridge.documents()).isEmpty();
    assertThat(bridge.open()).singleElement().asString().contains("changed while it was read");

    bridge.rounds();
    assertThat(bridge.documents()).singleElement().extracting(bridge::text).isEqualTo("other");
    assertThat(below("inbox")).isEmpty();
    assertThat(bridge.open()).isEmpty();
  }

  private static void overwrite(Path file, String content) {
    try {
      FileTime before = Files.getLastModifiedTime(file);
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(2)));
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  @Test
  void theOriginalThatIsMovedAfterItsRefusalWasToldIsWhereAPersonLooks() throws Exception {
    put("inbox/beer/bad.json", "refuse");
    put("inbox/beer/bad.meta.json", "{\"productionDate\": \"2026-10-01\"}");
    Path done = server.root().resolve("done");
    server.permit(done, false);
    bridge.rounds();
    assertThat(below("replies")).contains("beer/bad.status.json");
    bridge.restart();

    server.permit(done, true);
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(below("inbox")).isEmpty();
    assertThat(below("done")).containsExactly("beer/bad.meta.json");
    assertThat(below("failed")).containsExactly("beer/bad.json");
  }

  /** Each byte takes its time, by a clock that goes with the bytes. */
  @Test
  void aReplyOverASlowLineIsUploadedInOneGo() throws Exception {
    try (CutRelay relay = new CutRelay(server.port());
        SftpBridge other = bridge("slow", Map.of("port", Integer.toString(relay.port())))) {
      put("inbox/beer/a.json", "x".repeat(3_000_000));
      other.collect();
      other.collect();
      other.answer();
      relay.toServer(
          count -> other.breakIfStuck(Duration.ofSeconds(1).multipliedBy(count).dividedBy(16_000)));
      other.reply();
      assertThat(other.open()).isEmpty();
      assertThat(below("replies")).containsExactly("beer/a.codes-1.json", "beer/a.status.json");
      assertThat(Duration.ofNanos(other.nanos.get()))
          .isGreaterThan(SftpBridge.STUCK.multipliedBy(4));
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsLeftAndAskedAgain() throws Exception {
    put("inbox/beer/a.json", "one");
    bridge.rounds();
    put("inbox/beer/b.json", "two");
    bridge.collect();
    server.hang(true);
    try {
      Thread collecting = start(bridge::collect);
      await("leaving it")
          .until(
              () -> {
                bridge.breakIfStuck(Duration.ofSeconds(5));
                return !collecting.isAlive();
              });
      assertThat(Duration.ofNanos(bridge.nanos.get())).isGreaterThan(SftpBridge.STUCK);
      assertThat(bridge.open()).singleElement().asString().contains("the connection broke");
    } finally {
      server.hang(false);
    }
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(2);
    assertThat(below("inbox")).isEmpty();
    assertThat(below("replies")).hasSize(4);
    assertThat(bridge.open()).isEmpty();
  }

  static Thread start(Runnable work) {
    Thread thread = new Thread(work, "test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  static ConditionFactory await(String what) {
    return Patience.await(what);
  }

  @Test
  void aDocumentThatCannotBeMovedAwayIsNotDoubled() throws Exception {
    put("inbox/beer/a.json", "one");
    Path done = server.root().resolve("done");
    server.permit(done, false);
    bridge.rounds();
    bridge.restart();
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(below("inbox")).containsExactly("beer/a.json");

    server.permit(done, true);
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(below("inbox")).isEmpty();
    assertThat(below("done")).containsExactly("beer/a.json");
  }

  @Test
  void aFullServerGetsItsRepliesWholeOnceThereIsRoom() throws Exception {
    server.full(true);
    put("inbox/beer/a.json", "x".repeat(9_000));
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(below("replies").stream().filter(name -> name.endsWith(".json"))).isEmpty();
    assertThat(bridge.open()).singleElement().asString().contains("sftp:plant replies");

    server.full(false);
    bridge.rounds();
    assertThat(below("replies")).containsExactly("beer/a.codes-1.json", "beer/a.status.json");
    assertThat(text("replies/beer/a.codes-1.json")).hasSize(9_000 + "{\"codes\":\"\"}".length());
  }

  /** Somebody prints codes as soon as they see them, and takes them away. */
  @Test
  void aConnectionThatIsCutAnywhereLosesAndDoublesNothing() throws Exception {
    try (CutRelay relay = new CutRelay(server.port());
        SftpBridge other = bridge("cut", Map.of("port", Integer.toString(relay.port())))) {
      other.rounds();
      List<String> printed = new ArrayList<>();
      int cuts = 0;
      int whole = 0;
      for (long bytes = 0; whole < 3; bytes += 173) {
        String name = "beer/" + bytes;
        put("inbox/" + name + ".json", "document " + bytes);
        put("inbox/" + name + ".meta.json", "{\"seriesNumber\": \"" + bytes + "\"}");
        other.collect();
        relay.cutAfter(bytes);
        other.round();
        print(printed);
        other.round();
        print(printed);
        whole = relay.cut() ? 0 : whole + 1;
        cuts += relay.cut() ? 1 : 0;
        relay.pass();
        other.rounds();
        print(printed);

        assertThat(other.documents(name + ".json")).as(name).hasSize(1);
        Document document = other.documents(name + ".json").get(0);
        assertThat(other.text(document)).isEqualTo("document " + bytes);
        assertThat(document.given()).containsEntry("seriesNumber", Long.toString(bytes));
        assertThat(text("replies/" + name + ".status.json"))
            .isEqualTo("{\"said\":\"document " + bytes + "\"}");
        assertThat(below("inbox")).as(name).isEmpty();
        assertThat(below("done")).contains(name + ".json", name + ".meta.json");
        assertThat(other.open()).isEmpty();
      }
      System.out.println(getClass().getSimpleName() + ": cut at " + cuts + " places");
      assertThat(cuts).isGreaterThan(30);
      assertThat(printed).doesNotHaveDuplicates().hasSize(other.documents().size());
      assertThat(below("replies").stream().filter(name -> name.endsWith(".tmp"))).isEmpty();
      assertThat(other.journal().documents().sourcesNotRemoved()).isEmpty();
      assertThat(other.fetched()).isEmptyDirectory();
    }
  }

  private void print(List<String> printed) throws IOException {
    for (String name : below("replies")) {
      if (name.endsWith(".codes-1.json")) {
        printed.add(text("replies/" + name));
        Files.delete(server.root().resolve("replies").resolve(name));
      }
    }
  }

  @Test
  void aServerWhoseClockIsWrongIsReadAllTheSame() throws Exception {
    Instant now = Instant.now();
    for (int hours : new int[] {-1, 0, 1}) {
      Path file = put("inbox/beer/" + hours + ".json", "at " + hours);
      Files.setLastModifiedTime(file, FileTime.from(now.plus(Duration.ofHours(hours))));
    }
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(3);
    assertThat(below("replies")).hasSize(6);
  }

  @Test
  void hostileNamesAreNamesLikeAnyOther() throws Exception {
    List<String> names =
        List.of(
            "пиво/заказ № 1.json",
            "beer/with blanks .json",
            "beer/a*.json",
            "beer/a?.json",
            "beer/ab.json",
            "beer/[ab].json",
            "beer/back\\slash\\..\\..\\a.json",
            "beer/a\\*.json",
            "beer/two..dots/a..b.json",
            "beer/~user/$(reboot)'\".json",
            "beer/new\nline.json",
            "beer/-rf.json",
            "beer/con.json");
    for (String name : names) {
      put("inbox/" + name, "content of " + name);
    }
    put("inbox/beer/..json", "hidden");
    put("inbox/.hidden/a.json", "hidden");
    bridge.rounds();
    bridge.rounds();

    assertThat(bridge.documents())
        .extracting(Document::sourcePath)
        .containsExactlyInAnyOrderElementsOf(names);
    for (Document document : bridge.documents()) {
      assertThat(bridge.text(document)).isEqualTo("content of " + document.sourcePath());
    }
    assertThat(below("inbox")).containsExactly(".hidden/a.json", "beer/..json");
    assertThat(below("done")).hasSize(names.size());
    assertThat(below("replies")).hasSize(2 * names.size());
    assertThat(bridge.open()).isEmpty();
    try (Stream<Path> entries = Files.list(server.root())) {
      assertThat(entries.filter(Files::isDirectory))
          .as("nothing beside the four folders")
          .hasSize(4);
    }
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Path secret = put("done/secret.json", "secret");
    Files.createSymbolicLink(server.root().resolve("inbox/link.json"), secret);
    Files.createSymbolicLink(server.root().resolve("inbox/folder"), secret.getParent());
    bridge.rounds();
    assertThat(bridge.documents()).isEmpty();
  }

  @Test
  void aServerWithAnotherHostKeyIsToldNothing() throws Exception {
    put("inbox/beer/a.json", "one");
    bridge.rounds();
    long before = server.attempts();
    server.stop();
    server.showHostKey(false);
    server.start();
    put("inbox/beer/b.json", "two");
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(server.attempts()).as("no login was tried").isEqualTo(before);
    assertThat(bridge.open()).singleElement().asString().contains("host key").contains("SHA256:");
    assertThat(bridge.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(bridge.health().getData().orElseThrow().get("trouble").toString())
        .contains("its host key is not the one that the site knows", "SHA256:");

    server.stop();
    server.showHostKey(true);
    server.start();
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(2);
    assertThat(bridge.open()).isEmpty();
    assertThat(bridge.health().getStatus()).isEqualTo(Status.UP);
  }

  /** Thousands of files over a slow line: the alert of silent sources comes after five minutes. */
  @Test
  void aServerIsNotSilentWhileItsFilesAreTaken() throws Exception {
    bridge.rounds();
    for (int number = 0; number < 4; number++) {
      put("inbox/beer/" + number + ".json", "" + number);
    }
    bridge.collect();
    List<Duration> silences = new ArrayList<>();
    bridge.collect(
        found -> {
          silences.add(bridge.silence());
          bridge.journals.clock.advance(Duration.ofSeconds(200));
        });
    assertThat(bridge.documents()).hasSize(4);
    assertThat(silences).containsExactlyElementsOf(Collections.nCopies(4, Duration.ZERO));
  }

  @Test
  void aServerIsNotSilentWhileALongFileComes() throws Exception {
    put("inbox/beer/a.json", "one");
    put("inbox/beer/b.json", "two");
    bridge.collect();
    List<Duration> silences = new ArrayList<>();
    bridge.collect(
        found -> {
          silences.add(bridge.silence());
          bridge.journals.clock.advance(Duration.ofSeconds(200));
          try {
            // It comes, and is not taken in the end.
            put("inbox/" + found.path(), "more than was seen");
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
    assertThat(bridge.documents()).isEmpty();
    assertThat(silences).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void aServerThatIsAwayForAWhileIsOneTrouble() throws Exception {
    put("inbox/beer/a.json", "one");
    bridge.rounds();
    server.stop();
    bridge.rounds();
    bridge.rounds();
    assertThat(bridge.open()).singleElement().asString().contains("sftp:plant: 127.0.0.1");
    server.start();
    put("inbox/beer/b.json", "two");
    bridge.rounds();
    assertThat(below("replies")).hasSize(4);
    assertThat(bridge.open()).isEmpty();
  }

  @Test
  void theNameOfAReplyIsNotTakenByDocumentsFromElsewhere() throws Exception {
    bridge.journals.accept("beer/a", "a file of this machine");
    put("inbox/beer/a.json", "one");
    bridge.rounds();
    assertThat(below("replies")).containsExactly("beer/a.codes-1.json", "beer/a.status.json");
  }

  private SftpDrop drop() throws Exception {
    return new SftpDrop(
        new io.markbridge.settings.Settings(
                io.markbridge.settings.SettingsSource.config(folder.resolve("bridge"), Map.of()))
            .sftpServer("plant"),
        new SftpOutage(
            "test",
            bridge.journals.clock,
            new SourceHealth(bridge.troubles, new NoEvents(), bridge.journals.clock)),
        folder.resolve("own"),
        System::nanoTime,
        () -> {});
  }

  final Path put(String name, String content) throws IOException {
    return server.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String name) throws IOException {
    return Files.readString(server.root().resolve(name));
  }

  /** Files below one of the four folders, but for the test's own. */
  final List<String> below(String name) throws IOException {
    Path root = server.root().resolve(name);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.equals(".filler"))
          .sorted()
          .toList();
    }
  }
}
