package io.markbridge.document;

import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that is wrong with a document.
 *
 * @param code what is wrong
 * @param path where: a JSON path such as {@code $.products[0].gtin}, or empty where it is the whole
 *     document
 * @param row the row of the change table that asks for it (such as {@code 6.5}), or empty
 * @param arguments what the sentence needs: see {@link ProblemCode}
 */
public record Problem(ProblemCode code, String path, String row, Map<String, String> arguments) {

  public Problem {
    arguments = Map.copyOf(arguments);
  }

  /** A problem from alternating argument names and values. */
  public static Problem of(ProblemCode code, String path, String row, String... namesAndValues) {
    Map<String, String> arguments = new TreeMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      arguments.put(namesAndValues[index], namesAndValues[index + 1]);
    }
    return new Problem(code, path, row, arguments);
  }
}
