package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.journal.Journal;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.Replies;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.apache.camel.Body;

/** Writes the legacy answers of documents that came as files; writing one twice changes nothing. */
@Named("writeReplies")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class WriteReplies {
  private final CollectFiles collectFiles;
  private final ReplyWriter writer;
  private final Troubles troubles;

  @Inject
  public WriteReplies(
      Journal journal,
      Bridge bridge,
      Procedures procedures,
      LocalDrop drop,
      DropNames names,
      CollectFiles collectFiles,
      Replica replica,
      Troubles troubles) {
    this.collectFiles = collectFiles;
    this.writer =
        new ReplyWriter(
            drop,
            names,
            collectFiles.collector(),
            journal,
            new Replies(bridge, procedures)::of,
            replica);
    this.troubles = troubles;
  }

  /** Documents whose replies do not tell the newest. */
  public Iterator<Document> due() throws IOException {
    collectFiles.collector().settle();
    return collectFiles.leads().isPresent() ? writer.due(() -> true) : Collections.emptyIterator();
  }

  public void write(@Body Document document) {
    try (LogContext context = LogContext.of(document, "reply")) {
      writeInContext(document);
    }
  }

  private void writeInContext(Document document) {
    try {
      writer.write(document);
    } catch (IOException | RuntimeException failure) {
      troubles.failed(
          LocalDrop.SOURCE + " replies",
          "those of document "
              + document.id()
              + " ("
              + document.sourcePath()
              + ") could not be written and are tried again",
          failure);
    }
  }
}
