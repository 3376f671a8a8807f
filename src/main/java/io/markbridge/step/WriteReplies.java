package io.markbridge.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.Replies;
import io.markbridge.procedure.ReplyFile;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.jboss.logging.Logger;

/** Writes the legacy answers of documents that came as files; writing one twice changes nothing. */
@Named("writeReplies")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class WriteReplies {
  private static final Logger LOG = Logger.getLogger(WriteReplies.class);
  static final String CODES_TOLD = "codes told";
  private static final int AT_ONCE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Journal journal;
  private final Replies replies;
  private final Inbox inbox;
  private final CollectFiles collectFiles;
  private final Replica replica;
  private final Troubles troubles;

  @Inject
  public WriteReplies(
      Journal journal,
      Bridge bridge,
      Procedures procedures,
      Inbox inbox,
      CollectFiles collectFiles,
      Replica replica,
      Troubles troubles) {
    this.journal = journal;
    this.replies = new Replies(bridge, procedures);
    this.inbox = inbox;
    this.collectFiles = collectFiles;
    this.replica = replica;
    this.troubles = troubles;
  }

  /** Documents whose replies do not tell the newest. */
  public Iterator<Document> due() throws IOException {
    collectFiles.settle();
    if (collectFiles.leads().isEmpty()) {
      return Collections.emptyIterator();
    }
    // Each once a round, also those that fail: one that cannot be written does not keep the rest
    // waiting.
    AtomicReference<String> last = new AtomicReference<>("");
    return new Claims<>(
        new Claims.Source<>() {
          @Override
          public List<Document> claim() {
            List<Document> some =
                journal.documents().toReply(CollectFiles.SOURCE, last.get(), AT_ONCE);
            some.forEach(document -> last.set(document.id()));
            return some;
          }

          @Override
          public boolean open() {
            return replica.leadsFiles().isPresent();
          }
        });
  }

  public void write(@Body Document document) {
    try {
      Optional<Leads.Term> term = replica.leadsFiles();
      if (term.isEmpty()) {
        return;
      }
      List<Submission> submissions = journal.submissions().of(document.id());
      List<ReplyFile> files = replies.of(document, submissions);
      Path folder = null;
      for (ReplyFile file : files) {
        Path target =
            inbox.reply(document.replyName().orElse(document.id()), "." + file.suffix() + ".json");
        if (file.hasCodes()) {
          writeOnce(document, file, target, term.get());
        } else {
          DurableFiles.write(target, JSON.writeValueAsBytes(file.content().read()));
        }
        folder = target.getParent();
      }
      if (folder != null) {
        // The journal must not know of a reply that a power cut takes back.
        DurableFiles.force(folder);
      }
      CrashSwitch.reached(CrashPoint.REPLIES_ON_DISK, document.id());
      removeOldError(document, files);
      placeOriginal(document);
      if (!replica.leadsFiles().equals(term)) {
        // It slept: what it wrote may lie over something newer.
        journal.documents().replyAgain(document.id());
        return;
      }
      journal.documents().replied(document.id(), document.changeNumber());
      if (document.state().terminal()) {
        LOG.infof(
            "document %s (%s, %s) %s",
            document.id(),
            LogText.line(document.sourcePath()),
            document.kind().orElse("unknown kind"),
            document.state());
      }
    } catch (IOException | RuntimeException failure) {
      troubles.failed(
          "the replies",
          "those of document "
              + document.id()
              + " ("
              + document.sourcePath()
              + ") could not be written and are tried again",
          failure);
    }
  }

  /** Codes that a line has taken away must not come again: it would print them twice. */
  private void writeOnce(Document document, ReplyFile file, Path target, Leads.Term term)
      throws IOException {
    boolean told =
        journal.documents().timeline(document.id()).stream()
            .anyMatch(
                entry -> entry.event().equals(CODES_TOLD) && entry.detail().equals(file.suffix()));
    if (told) {
      return;
    }
    if (Files.notExists(target)) {
      JsonNode codes = file.content().read();
      if (codes.isMissingNode()) {
        return;
      }
      if (!replica.leadsFiles().equals(Optional.of(term))) {
        return;
      }
      DurableFiles.write(target, JSON.writeValueAsBytes(codes));
    }
    DurableFiles.force(target.getParent());
    CrashSwitch.reached(CrashPoint.CODES_ON_DISK, document.id());
    journal.documents().note(document.id(), CODES_TOLD, file.suffix());
  }

  /** A document that a person let go on no longer has the error that held it. */
  private void removeOldError(Document document, List<ReplyFile> files) throws IOException {
    if (files.stream().noneMatch(file -> file.suffix().equals(ReplyFile.ERROR))) {
      Files.deleteIfExists(
          inbox.reply(document.replyName().orElse(document.id()), "." + ReplyFile.ERROR + ".json"));
    }
  }

  /**
   * The original of a refused document lies in failed/, so that a person finds it; of one that goes
   * on again, in done/.
   */
  private void placeOriginal(Document document) throws IOException {
    String name = document.replyName().orElse(document.id());
    Path done = inbox.done(name, document.sourcePath());
    Path failed = inbox.failed(name, document.sourcePath());
    boolean refused = document.state() == DocumentState.REJECTED;
    Path from = refused ? done : failed;
    // Not while the collector still moves it there.
    synchronized (collectFiles) {
      if (Files.exists(from)) {
        DurableFiles.move(from, refused ? failed : done);
        CrashSwitch.reached(CrashPoint.ORIGINAL_PLACED, document.id());
      }
    }
  }
}
