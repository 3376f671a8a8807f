package io.markbridge.step;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Claims a few at a time, and more when they are done. Once empty it stays empty: the splitter asks
 * again after its end, and what it was given then it would drop. It ends early when no more may be
 * begun, and gives back what it claimed and did not hand out.
 */
final class Claims<T> implements Iterator<T> {
  /** Gives a few, or none when there are no more. */
  interface Source<T> {
    List<T> claim();

    /** Whether anything may be claimed and begun now. */
    default boolean open() {
      return true;
    }

    /** Frees what was claimed and not begun. */
    default void giveBack(List<T> claimed) {}
  }

  private final Source<T> source;
  private final Deque<T> claimed = new ArrayDeque<>();
  private boolean ended;

  Claims(Source<T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    if (!ended && !source.open()) {
      end();
    }
    if (claimed.isEmpty() && !ended) {
      claimed.addAll(source.claim());
      ended = claimed.isEmpty();
    }
    return !claimed.isEmpty();
  }

  private void end() {
    ended = true;
    List<T> rest = List.copyOf(claimed);
    claimed.clear();
    source.giveBack(rest);
  }

  @Override
  public T next() {
    return claimed.removeFirst();
  }
}
