package io.markbridge.document;

import java.util.List;

/**
 * A document cannot become a request; carries every problem that was found, at least one, in
 * document order.
 */
public final class DocumentRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public DocumentRejectedException(List<Problem> problems) {
    super(problems.toString());
    this.problems = List.copyOf(problems);
  }

  public DocumentRejectedException(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }
}
