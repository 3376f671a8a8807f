package io.markbridge.document;

/** Words for a problem, in the language that was chosen. */
@FunctionalInterface
public interface ProblemText {

  /** One sentence, without the path; the caller says the place. */
  String sentence(Problem problem);
}
