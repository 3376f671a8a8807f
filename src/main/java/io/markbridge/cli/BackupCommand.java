package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCopy;
import io.markbridge.settings.Settings;
import io.markbridge.step.DiskRoom;
import io.markbridge.step.Disks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backup}: a copy of the journal, also while the bridge runs. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies the journal to a new file, also while the bridge runs.")
public final class BackupCommand implements Callable<Integer> {
  private static final String NEXT =
      "to restore it, stop the bridge and put it in the place of the journal, without the old -wal and -shm files;"
          + " what it held as not sent is looked up at the operator before it is sent";

  private static final long MEGABYTE = 1024 * 1024;

  /** How many bytes can still be written to the disk of a folder that may not be there yet. */
  @FunctionalInterface
  interface UsableSpace {
    long bytes(Path folder) throws IOException;
  }

  private final Workplace workplace;
  private final UsableSpace space;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The copy; a file that is not there yet.")
  private Path file;

  @Option(names = "--json", description = "For machines: a JSON object.")
  private boolean json;

  public BackupCommand() {
    this(Workplace.here());
  }

  public BackupCommand(Workplace workplace) {
    this(workplace, Disks::usableBytes);
  }

  BackupCommand(Workplace workplace, UsableSpace space) {
    this.workplace = workplace;
    this.space = space;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::copy);
  }

  private int copy(Console console) {
    Settings settings = workplace.settings();
    if (!settings.journalUrl().startsWith("jdbc:sqlite:")) {
      console.warn(
          "copying the journal: it is in PostgreSQL, and this command copies SQLite files; use pg_dump");
      return Console.USED_WRONGLY;
    }
    JournalAccess access = new JournalAccess(workplace, settings);
    Path journal = access.file().orElseThrow();
    Path target = workplace.resolve(file);
    Instant begin = workplace.clock().instant();
    long bytes;
    try {
      Journal opened = access.reading();
      checkRoom(journal, target);
      JournalCopy.make(opened, target);
      bytes = Files.size(target);
    } catch (FileAlreadyExistsException exists) {
      throw new CommandFailedException(
          "copying the journal to " + target + ": the file is there; name another one", exists);
    } catch (IOException failure) {
      throw new CommandFailedException(
          "copying the journal to " + target + ": " + Causes.told(failure), failure);
    }
    long milliseconds = workplace.clock().millis() - begin.toEpochMilli();
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("journal", journal.toString()).put("copy", target.toString());
      node.put("bytes", bytes).put("made", begin.toString()).put("milliseconds", milliseconds);
      console.json(node);
    } else {
      console.say("copied " + journal + " as it was at " + begin);
      console.say("to " + target + ": " + bytes + " bytes in " + milliseconds + " ms");
      console.say(NEXT);
    }
    return Console.DONE;
  }

  /**
   * A copy that fills the disk is of no use, and where the journal lies on it too, the bridge
   * cannot write down answers meanwhile.
   */
  private void checkRoom(Path journal, Path target) throws IOException {
    Path written = journal.resolveSibling(journal.getFileName() + "-wal");
    long copied = Files.size(journal) + (Files.exists(written) ? Files.size(written) : 0);
    long needed = copied + DiskRoom.RESERVE;
    long usable = space.bytes(target.getParent());
    if (usable < needed) {
      throw new CommandFailedException(
          "copying the journal to "
              + target
              + ": it needs "
              + (needed + MEGABYTE - 1) / MEGABYTE
              + " MB free and the disk has "
              + usable / MEGABYTE
              + " MB; make room there, or name a file on another disk");
    }
  }
}
