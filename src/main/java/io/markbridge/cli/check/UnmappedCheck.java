package io.markbridge.cli.check;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Lookup;
import io.markbridge.mapping.Directories;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What documents of late named and no directory maps to this day: factories without a business
 * place, providers without a number. Each of these documents was rejected.
 */
final class UnmappedCheck {
  private static final Duration LATELY = Duration.ofDays(30);

  private final Optional<Journal> journal;
  private final SiteFiles files;
  private final Clock clock;

  UnmappedCheck(Optional<Journal> journal, SiteFiles files, Clock clock) {
    this.journal = journal;
    this.files = files;
    this.clock = clock;
  }

  List<CheckResult> run() {
    if (journal.isEmpty()) {
      return List.of();
    }
    Optional<Directories> directories = directories();
    long since = clock.instant().minus(LATELY).toEpochMilli();
    Map<String, Integer> documents = new TreeMap<>();
    for (List<Problem> problems :
        new Lookup(journal.get()).rejections(since, ProblemCode.NOT_IN_DIRECTORY)) {
      problems.stream()
          .filter(problem -> problem.code() == ProblemCode.NOT_IN_DIRECTORY)
          .filter(problem -> directories.filter(known -> has(known, problem)).isEmpty())
          .map(
              problem ->
                  problem.arguments().get("value") + " in " + problem.arguments().get("file"))
          .distinct()
          .forEach(value -> documents.merge(value, 1, Integer::sum));
    }
    List<CheckResult> results = new ArrayList<>();
    documents.forEach(
        (value, count) ->
            results.add(
                CheckResult.warning(
                    "unmapped",
                    "no row for " + value + "; " + count + " document(s) of the last 30 days",
                    "add the row, restart the bridge if it runs (it reads directories when it starts), then let the legacy"
                        + " system send them again")));
    return results;
  }

  private Optional<Directories> directories() {
    try {
      return Optional.of(Directories.load(files));
    } catch (IOException toldByTheFilesCheck) {
      return Optional.empty();
    }
  }

  /** A row that was added after the document came. */
  private static boolean has(Directories directories, Problem problem) {
    return directories.has(
        String.valueOf(problem.arguments().get("file")),
        String.valueOf(problem.arguments().get("value")));
  }
}
