package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Value.Fields;

/** Rewrites one entry of the streamed array: a marking code, or an object with rows of its own. */
final class EntryRewriter {
  private final FieldRule rule;
  private final DocumentContext document;
  private final LevelRewriter rewriter;
  private final String array;

  EntryRewriter(MappingTable table, DocumentContext document, LevelRewriter rewriter) {
    this.rule = table.streamRule();
    this.document = document;
    this.rewriter = rewriter;
    this.array = "$." + table.stream();
  }

  /** The new entry, or null where it has a problem or is left out. */
  Value rewrite(long index, Value item, EntryRun run) {
    if (rule.level() == null) {
      return code(index, item, run);
    }
    String path = array + "[" + index + "]";
    if (!(item instanceof Fields fields)) {
      run.problems()
          .add(
              Problem.of(
                  ProblemCode.FIELD_MALFORMED,
                  path,
                  rule.row(),
                  "value",
                  Value.describe(item),
                  "expected",
                  "an object"));
      return null;
    }
    Value entry = new Fields(rewriter.rewrite(rule.level(), fields.fields(), path, run).out());
    boolean leftOut = run.leftOut() > 0 && run.codes().isEmpty();
    return leftOut ? null : entry;
  }

  private Value code(long index, Value item, EntryRun run) {
    FieldContext context =
        new FieldContext(document, rule, "$", java.util.Map.of(), java.util.Map.of(), run);
    try {
      return CodeTypes.code(item, array, index, context);
    } catch (FieldProblem exception) {
      run.problems().add(exception.problem());
      return null;
    }
  }
}
