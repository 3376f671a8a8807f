package io.markbridge.cli.check;

import io.markbridge.cli.CommandFailedException;
import io.markbridge.cli.JournalAccess;
import io.markbridge.cli.JournalFile;
import io.markbridge.cli.Workplace;
import io.markbridge.journal.Journal;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether the journal can be opened, and has room. */
final class JournalCheck {
  private static final String SUBJECT = "journal";
  private static final long MEGABYTE = 1024L * 1024;

  /** Below this a few large documents fill the disk. */
  private static final long CAREFUL = 4096 * MEGABYTE;

  private static final long TOO_LITTLE = 256 * MEGABYTE;

  private final Workplace workplace;
  private final Settings settings;
  private final DiskSpace space;

  JournalCheck(Workplace workplace, Settings settings, DiskSpace space) {
    this.workplace = workplace;
    this.settings = settings;
    this.space = space;
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    try {
      JournalAccess access = new JournalAccess(workplace, settings);
      Optional<Path> file = access.file();
      if (access.exists()) {
        results.add(journal(access));
      } else {
        results.add(
            file.map(one -> FoldersCheck.usable(SUBJECT, one.getParent(), "markbridge.journal.url"))
                .orElseGet(
                    () ->
                        CheckResult.ok(SUBJECT, access.place() + ", empty: run makes its tables")));
      }
      if (file.isPresent()) {
        results.add(room(space.usable(FoldersCheck.existing(file.get().getParent()))));
      }
    } catch (IOException | RuntimeException unusable) {
      results.add(
          CheckResult.error(
              SUBJECT, unusable.getMessage(), "correct it before the bridge is started"));
    }
    return results;
  }

  private static CheckResult journal(JournalAccess access) throws IOException {
    OptionalInt older = access.olderSchema();
    if (older.isEmpty()) {
      access.reading().documents().counts();
    }
    if (access.file().isPresent()) {
      JournalFile.check(access.file().get(), Long.MAX_VALUE);
    }
    return older.isEmpty()
        ? CheckResult.ok(SUBJECT, access.place())
        : CheckResult.warning(
            SUBJECT,
            access.place()
                + " was written by an older version of the program (schema "
                + older.getAsInt()
                + "); the start of the bridge brings it up to date",
            "keep a backup: the older version does not take it back");
  }

  /** The journal where it can be opened. */
  Optional<Journal> journal() {
    try {
      return Optional.of(new JournalAccess(workplace, settings).reading());
    } catch (CommandFailedException toldByTheCheck) {
      return Optional.empty();
    }
  }

  private static CheckResult room(long bytes) {
    String text = bytes / MEGABYTE + " MB free";
    if (bytes < TOO_LITTLE) {
      return CheckResult.error(
          "disk space",
          text,
          "make room: the journal keeps every document as it came and as it is sent");
    }
    if (bytes < CAREFUL) {
      return CheckResult.warning(
          "disk space", text, "a document of 1 GB needs three times as much for a while");
    }
    return CheckResult.ok("disk space", text);
  }
}
