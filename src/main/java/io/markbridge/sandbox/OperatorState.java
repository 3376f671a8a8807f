package io.markbridge.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * All that the operator knows. Used only while holding its own monitor. Documents take effect in
 * the order of their end by the clock: whoever looks calls {@link #settle()} first.
 */
final class OperatorState {
  /** A document under way. */
  interface Pending {
    Instant due();

    void process(OperatorState state) throws IOException;
  }

  private final Work work;
  private final Map<String, Stored> byId = new HashMap<>();
  private final List<Stored> all = new ArrayList<>();
  private final Map<String, String> hashes = new HashMap<>();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparing(Pending::due));
  private final IssuedCodes issued = new IssuedCodes();
  private final CodeTable codes;
  private final Duplicates duplicates = new Duplicates();

  OperatorState(Work work) {
    this.work = work;
    this.codes = new CodeTable(work.folder());
  }

  /**
   * Takes a document in.
   *
   * @return its number, from 1
   */
  int add(Stored stored) {
    byId.put(stored.id(), stored);
    all.add(stored);
    String key = stored.account() + " " + stored.type() + " " + stored.contentHash();
    String first = hashes.putIfAbsent(key, stored.id());
    if (first != null) {
      duplicates.add(stored.type(), stored.contentHash(), first, stored.id());
    }
    if (stored instanceof Pending waiting) {
      pending.add(waiting);
    }
    return all.size();
  }

  /** Lets every document whose time has come take effect. */
  void settle() throws IOException {
    while (!pending.isEmpty() && !pending.peek().due().isAfter(work.now())) {
      pending.poll().process(this);
    }
  }

  Work work() {
    return work;
  }

  /** By id, for its own account. */
  Optional<Stored> find(String id, String account) {
    return Optional.ofNullable(byId.get(id)).filter(stored -> stored.account().equals(account));
  }

  /** By number; the sign of a number in the table of codes does not count. */
  Stored number(int number) {
    return all.get(Math.abs(number) - 1);
  }

  /** In the order of arrival. */
  List<Stored> all() {
    return all;
  }

  <T extends Stored> List<T> all(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Those that a query can mean: where it names one id, only that one is looked at, since every
   * client asks so about each of its orders.
   */
  <T extends Stored> List<T> candidates(Class<T> kind, Call call, String idName) {
    List<String> ids = call.query().getOrDefault(idName, List.of());
    // A cursor may be the id of any record.
    if (ids.size() != 1 || call.query("cursor").isPresent()) {
      return all(kind);
    }
    return find(ids.get(0), call.account()).filter(kind::isInstance).map(kind::cast).stream()
        .toList();
  }

  IssuedCodes issued() {
    return issued;
  }

  CodeTable codes() {
    return codes;
  }

  Duplicates duplicates() {
    return duplicates;
  }
}
