package io.markbridge.cli;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.step.StartBridge;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.CamelRuntime;

/** The bridge with somebody who drops documents into it and waits for what becomes of them. */
public class DemoApplication implements QuarkusApplication {
  static Path folder;
  static Console console;

  private final CamelRuntime camel;
  private final StartBridge start;
  private final Journal journal;

  @Inject
  public DemoApplication(CamelRuntime camel, StartBridge start, Journal journal) {
    this.camel = camel;
    this.start = start;
    this.journal = journal;
  }

  @Override
  public int run(String... arguments) throws Exception {
    start.resume();
    camel.start(arguments);
    boolean complete = new DemoScript(folder, System.out::println).play();
    System.out.println("rows of an outbox: an order and a call");
    complete &= new DemoOutbox(folder).play();
    System.out.println();
    console.table(table());
    console.flush();
    System.out.println();
    System.out.println(
        "legacy answers: "
            + folder
            + "/replies    originals: "
            + folder
            + "/done and "
            + folder
            + "/failed    those over SFTP: the same below "
            + folder
            + "/sftp    outbox: "
            + folder
            + "/outbox.db    journal: "
            + folder
            + "/markbridge.db");
    if (!complete) {
      System.err.println(
          "not every document was answered in time: see the table, and markbridge show ID");
    }
    return complete ? 0 : 1;
  }

  private Table table() throws IOException {
    Table table = Table.of("SOURCE", "DOCUMENT", "KIND", "NEW-API ID", "STATE", "REPLIES");
    List<Document> documents = new ArrayList<>(journal.documents().list(Optional.empty(), 1000));
    documents.sort(Comparator.comparing(Document::id));
    for (Document document : documents) {
      List<String> ids =
          journal.submissions().of(document.id()).stream()
              .filter(one -> one.purpose() == Purpose.STATEMENT)
              .map(Submission::operatorId)
              .flatMap(Optional::stream)
              .toList();
      table.row(
          document.source(),
          document.sourcePath(),
          document.kind().orElse("?"),
          ids.isEmpty() ? "-" : String.join(" ", ids),
          document.state().name(),
          replies(document));
    }
    return table;
  }

  private static String replies(Document document) throws IOException {
    if (document.source().startsWith("outbox:")) {
      return new DemoOutbox(folder).answers(document.sourcePath().split("[ .]")[0]);
    }
    String stemPath = document.replyName().orElse(document.id());
    Path reply = DemoScript.root(folder, stemPath).resolve("replies").resolve(stemPath);
    List<String> suffixes = new ArrayList<>();
    try (Stream<Path> files = Files.list(reply.getParent())) {
      String stem = reply.getFileName() + ".";
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(stem))
          .map(name -> name.substring(stem.length()).replace(".json", ""))
          .sorted()
          .forEach(suffixes::add);
    }
    return named(document.replyName().orElse(""), suffixes);
  }

  /** Braces as in a shell, and only around several. */
  static String named(String stem, List<String> suffixes) {
    if (suffixes.isEmpty()) {
      return "-";
    }
    String together = String.join(",", suffixes);
    return stem + "." + (suffixes.size() == 1 ? together : "{" + together + "}") + ".json";
  }
}
