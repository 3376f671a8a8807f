package io.markbridge.mapping;

import io.markbridge.document.Problem;

/** One field cannot be converted. */
final class FieldProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  FieldProblem(Problem problem) {
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
