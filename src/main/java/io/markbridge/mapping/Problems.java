package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import java.util.ArrayList;
import java.util.List;

/** Every problem of a document, up to a bound: a person corrects all of them at once. */
final class Problems {
  static final int MOST = 100;

  private final List<Problem> problems = new ArrayList<>();

  void add(Problem problem) {
    if (problems.size() < MOST && problems.stream().noneMatch(told -> isSame(told, problem))) {
      problems.add(problem);
    }
  }

  /** Two rows that read one field find the same wrong with it; a person is told once. */
  private static boolean isSame(Problem told, Problem problem) {
    return told.code() == problem.code()
        && told.path().equals(problem.path())
        && told.arguments().equals(problem.arguments());
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  boolean isFull() {
    return problems.size() >= MOST;
  }

  /** All of them, of which there is at least one. */
  DocumentRejectedException rejection() {
    return new DocumentRejectedException(problems);
  }

  void throwIfAny() throws DocumentRejectedException {
    if (!problems.isEmpty()) {
      throw new DocumentRejectedException(problems);
    }
  }
}
