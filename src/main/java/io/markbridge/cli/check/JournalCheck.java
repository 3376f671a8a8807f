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
        access.reading().documents().counts();
        if (file.isPresent()) {
          JournalFile.check(file.get(), Long.MAX_VALUE);
        }
        results.add(CheckResult.ok(SUBJECT, access.place()));
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
