package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.util.Arrays;

/**
 * The level of every packing unit of a document: 0 for units that hold no other unit of it, else
 * one more than the highest unit inside. Children are sent before parents.
 */
final class UnitLevels {
  /** Bottle, block, case, pallet, container: ten is already a mistake. */
  private static final int MOST_LEVELS = 10;

  private static final int NONE = -1;

  private final CodeLedger ledger;
  private final long[] nested;
  private final int[] child;
  private final int[] parent;
  private byte[] levels = new byte[0];
  private int highest;

  UnitLevels(CodeLedger ledger) {
    this.ledger = ledger;
    this.nested = ledger.nested();
    this.child = new int[nested.length];
    this.parent = new int[nested.length];
    Arrays.fill(child, NONE);
    Arrays.fill(parent, NONE);
  }

  /** Whether units stand in each other at all; if not, no pass is needed. */
  boolean isNeeded() {
    return nested.length > 0;
  }

  /** Takes one entry of the pass that finds out who stands in whom. */
  void look(EntryRun entry, int unitIndex) {
    if (entry.unit() != null) {
      int own = Arrays.binarySearch(nested, ledger.hash(entry.unit().withoutTail()));
      if (own >= 0) {
        child[own] = unitIndex;
      }
    }
    for (MarkingCode code : entry.codes()) {
      if (code.kind() == MarkingCode.Kind.GOODS && code.hasTail()) {
        continue;
      }
      int inner = Arrays.binarySearch(nested, ledger.hash(code.withoutTail()));
      if (inner >= 0) {
        parent[inner] = unitIndex;
      }
    }
  }

  /** Ends that pass. */
  void finish(long units, String stream, Problems problems) {
    levels = new byte[(int) units];
    for (int round = 0; round <= MOST_LEVELS; round++) {
      boolean changed = false;
      for (int edge = 0; edge < nested.length; edge++) {
        if (child[edge] == NONE || parent[edge] == NONE) {
          continue;
        }
        byte least = (byte) (levels[child[edge]] + 1);
        if (levels[parent[edge]] < least) {
          levels[parent[edge]] = least;
          highest = Math.max(highest, least);
          changed = true;
          if (least > MOST_LEVELS) {
            problems.add(
                Problem.of(
                    ProblemCode.UNIT_CYCLE,
                    "$." + stream + "[" + parent[edge] + "]",
                    "",
                    "first",
                    "$." + stream + "[" + child[edge] + "]",
                    "second",
                    "$." + stream + "[" + parent[edge] + "]"));
            return;
          }
        }
      }
      if (!changed) {
        return;
      }
    }
  }

  int level(long unitIndex) {
    return levels.length == 0 ? 0 : levels[(int) unitIndex];
  }

  int highest() {
    return highest;
  }
}
