package io.markbridge.cli;

import io.markbridge.document.Document;
import io.markbridge.document.ProblemSentences;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Lookup;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.procedure.Parked;
import io.markbridge.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An open journal, and what is needed to tell of it. */
record Reading(
    Workplace workplace,
    Settings settings,
    OperatorPreset preset,
    PlantTime time,
    Journal journal,
    Lookup lookup) {
  private static final Pattern REPLY_ENDING =
      Pattern.compile("\\.(reply|status|error|codes-[^/]*)\\.json$");
  private static final int CANDIDATES = 6;

  static Reading open(Workplace workplace, boolean writing) {
    Settings settings = workplace.settings();
    OperatorPreset preset = workplace.preset(settings);
    JournalAccess access = new JournalAccess(workplace, settings);
    Journal journal = writing ? access.writing() : access.reading();
    return new Reading(
        workplace, settings, preset, new PlantTime(preset.zone()), journal, new Lookup(journal));
  }

  /**
   * The one document that a person means.
   *
   * @throws CommandFailedException when there is none, or more than one
   */
  Document document(String name) {
    List<Document> found = lookup.named(REPLY_ENDING.matcher(name).replaceFirst(""), CANDIDATES);
    if (found.isEmpty()) {
      throw new CommandFailedException(
          "finding document "
              + name
              + ": the journal has none by this id, id of the operator or name; `list` shows the newest");
    }
    if (found.size() > 1) {
      throw new CommandFailedException(
          "finding document "
              + name
              + ": several fit, give one of these ids: "
              + found.stream().map(Document::id).collect(Collectors.joining(", ")));
    }
    return found.get(0);
  }

  /** Why a document waits for a person; empty where none is needed. */
  Optional<Parked> parked(Document document, List<Submission> submissions) {
    return Parked.of(document, submissions, preset, new ProblemSentences(settings.language())::say);
  }

  /** The end of an id: its beginning is the time, which neighbours share. */
  static String shortId(String id) {
    return id.substring(Math.max(0, id.length() - 8));
  }
}
