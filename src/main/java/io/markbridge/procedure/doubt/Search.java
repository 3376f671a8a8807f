package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.OperatorTime;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.Bridge;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for what a statement made in the operator's lists: all pages since it was sent, then what
 * each candidate holds that belongs to no other statement (open-api.md section 4). Equal statements
 * in doubt may take any of as many equal candidates; more candidates than statements are a person's
 * to tell apart.
 */
abstract class Search implements LookUp {
  static final int PAGE = 100;

  /** Asked for so much earlier than needed: whose clock is how wrong shows in the answer. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /** A clock further off than this would leave too little of the margin. */
  private static final Duration LARGE_SKEW = Duration.ofMinutes(30);

  private static final int MOST_CANDIDATES = 1000;
  private static final int TRIES = 5;

  /** So many times as long as an absence needs, until what cannot be read is a person's. */
  private static final int PATIENCE = 3;

  /** One kind of list. */
  record Listing(String call, String entries, String id) {}

  private final Listing listing;

  Search(Listing listing) {
    this.listing = listing;
  }

  /** What the list is asked for, beside time and page. */
  abstract Map<String, String> filter(Doubt doubt) throws IOException;

  /** What an entry of the list says where it says it at all. */
  abstract Map<String, String> expected(Doubt doubt) throws IOException;

  abstract NewSubmission contentQuestion(Doubt doubt, Trail trail, String id);

  /** The candidate that a content question was about. */
  abstract String asked(Submission step);

  /** What a candidate holds; empty where it does not tell yet. */
  abstract Optional<Content> content(Doubt doubt, OperatorAnswer answer, JsonNode body)
      throws IOException;

  /** What a statement of ours says. */
  abstract Content content(Bridge bridge, Submission statement) throws IOException;

  /** Whether another statement may say the same, without reading it. */
  abstract boolean comparable(Submission lost, Submission other);

  /** Nothing was found, long enough after the request left. */
  Progress nothing(Doubt doubt, Trail trail) throws IOException {
    return doubt.absent("no such " + doubt.lost().call() + " at the operator");
  }

  /** An answer to a question of its own. */
  Progress answeredElse(Doubt doubt, Submission step, JsonNode body) {
    throw new IllegalStateException("nobody asked " + step.call());
  }

  @Override
  public NewSubmission first(Doubt doubt) throws IOException {
    return page(doubt, Trail.begin(0), Optional.empty());
  }

  private NewSubmission page(Doubt doubt, Trail trail, Optional<String> cursor) throws IOException {
    Map<String, String> query = new LinkedHashMap<>(filter(doubt));
    query.put(
        "dateFrom",
        Instant.ofEpochMilli(doubt.firstSentAt() - trail.ahead()).minus(MARGIN).toString());
    query.put("limit", Integer.toString(PAGE));
    cursor.ifPresent(last -> query.put("cursor", last));
    return doubt.ask(listing.call(), trail.values(), query, null);
  }

  @Override
  public Progress answered(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body)
      throws IOException {
    Trail trail = Trail.of(step);
    if (step.call().equals(listing.call())) {
      return listed(doubt, step, answer, body, trail);
    }
    if (!step.pathValues().containsKey("candidates")) {
      return answeredElse(doubt, step, body);
    }
    String id = asked(step);
    Optional<Content> content = content(doubt, answer, body);
    if (content.isEmpty()) {
      return examine(doubt, trail.withUnreadable(id), Map.of());
    }
    return examine(doubt, trail, Map.of(id, content.get())).examined(id, content.get().text());
  }

  @Override
  public Optional<Progress> refused(Doubt doubt, Submission step, OperatorAnswer answer)
      throws IOException {
    boolean candidate =
        !step.call().equals(listing.call()) && step.pathValues().containsKey("candidates");
    // An answer that is lost each time is perhaps too large to be read.
    boolean never =
        answer.failure().equals(Optional.of(FailureKind.ANSWER_LOST)) && step.attempts() >= TRIES;
    return candidate && (never || answer.failure().equals(Optional.of(FailureKind.NOT_FOUND)))
        ? Optional.of(examine(doubt, Trail.of(step).withUnreadable(asked(step)), Map.of()))
        : Optional.empty();
  }

  private Progress listed(
      Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body, Trail asked)
      throws IOException {
    Optional<String> cursor = Optional.ofNullable(step.query().get("cursor"));
    long ahead = doubt.ahead(answer).orElse(asked.ahead());
    if (cursor.isEmpty() && Math.abs(ahead - asked.ahead()) > LARGE_SKEW.toMillis()) {
      return Progress.to(SubmissionState.DONE)
          .add(page(doubt, Trail.begin(ahead), Optional.empty()));
    }
    List<String> candidates = new ArrayList<>();
    JsonNode entries = body.path(listing.entries());
    Map<String, String> expected = expected(doubt);
    for (JsonNode entry : entries) {
      if (inTime(doubt, entry, ahead) && says(entry, expected)) {
        candidates.add(entry.path(listing.id()).asText());
      }
    }
    candidates.removeIf(isIn(doubt.journal().bound(doubt.lost(), candidates)));
    Trail trail =
        new Trail(asked.began(), ahead, asked.candidates(), asked.unreadable())
            .withCandidates(candidates);
    if (trail.candidates().size() > MOST_CANDIDATES) {
      return doubt.unclear(
          "more than " + MOST_CANDIDATES + " of them at the operator belong to nobody here");
    }
    if (entries.size() < PAGE) {
      return examine(doubt, trail, Map.of());
    }
    // There is no next-page flag: fewer than asked for is the end.
    String last = entries.get(entries.size() - 1).path(listing.id()).asText();
    if (cursor.equals(Optional.of(last))) {
      return doubt.unclear("the operator gives the same page of " + listing.call() + " again");
    }
    return Progress.to(SubmissionState.DONE).add(page(doubt, trail, Optional.of(last)));
  }

  private static Predicate<String> isIn(Set<String> lowerCase) {
    return id -> lowerCase.contains(id.toLowerCase(Locale.ROOT));
  }

  /** Also where the operator does not know a filter. */
  private static boolean says(JsonNode entry, Map<String, String> expected) {
    return expected.entrySet().stream()
        .allMatch(
            field ->
                !entry.hasNonNull(field.getKey())
                    || entry.path(field.getKey()).asText().equals(field.getValue()));
  }

  private static boolean inTime(Doubt doubt, JsonNode entry, long ahead) {
    long earliest = doubt.firstSentAt() - ahead - Doubt.TOLERANCE.toMillis();
    return OperatorTime.instant(entry.path("createDate"), doubt.bridge().preset().zone())
        .map(created -> created.toEpochMilli() >= earliest)
        .orElse(true);
  }

  /** Asks for the next candidate that nobody has examined, or decides. */
  private Progress examine(Doubt doubt, Trail trail, Map<String, Content> fresh)
      throws IOException {
    List<String> unbound = new ArrayList<>(trail.candidates());
    unbound.removeIf(isIn(doubt.journal().bound(doubt.lost(), unbound)));
    Content ours = content(doubt.bridge(), doubt.lost());
    Map<Content.Likeness, List<String>> found = new EnumMap<>(Content.Likeness.class);
    for (Content.Likeness likeness : Content.Likeness.values()) {
      found.put(likeness, new ArrayList<>());
    }
    List<String> unknown = new ArrayList<>();
    for (String id : unbound) {
      if (trail.unreadable().contains(id)) {
        found.get(Content.Likeness.LIKE).add(id);
        continue;
      }
      Optional<Content> content =
          Optional.ofNullable(fresh.get(id))
              .or(
                  () ->
                      doubt
                          .journal()
                          .examined(doubt.lost().account(), id, trail.began().orElse(0L))
                          .map(Content::parse));
      if (content.isEmpty()) {
        unknown.add(id);
        continue;
      }
      found.get(ours.to(content.get())).add(id);
    }
    if (!unknown.isEmpty()) {
      // Several look at the same candidates: each begins with another one, and none reads all.
      int begin = Math.floorMod(doubt.lost().id().hashCode(), unknown.size());
      return Progress.to(SubmissionState.DONE)
          .add(contentQuestion(doubt, trail, unknown.get(begin)));
    }
    List<String> same = found.get(Content.Likeness.SAME);
    return same.isEmpty()
        ? noneIsTheSame(doubt, trail, found.get(Content.Likeness.LIKE))
        : oneOf(doubt, same, ours);
  }

  private Progress oneOf(Doubt doubt, List<String> same, Content ours) throws IOException {
    int equal = 0;
    int rank = 0;
    for (Submission other :
        doubt.journal().beside(doubt.lost(), SubmissionState.IN_DOUBT, SubmissionState.SENDING)) {
      if (other.id().equals(doubt.lost().id())) {
        rank = equal++;
      } else if (comparable(doubt.lost(), other)
          && ours.to(content(doubt.bridge(), other)) == Content.Likeness.SAME) {
        if (other.state() == SubmissionState.SENDING) {
          return doubt.later("an equal one is on its way: " + other.id());
        }
        equal++;
      }
    }
    if (same.size() > Math.max(1, equal)) {
      return doubt.unclear("it may be any of " + String.join(", ", same));
    }
    // Equal ones look at the same time: each begins with another candidate.
    String id = same.get(Math.min(rank, same.size() - 1));
    return doubt.foundAs(
        id, doubt.lost().call() + " " + id + " at the operator says the same, belongs to nobody");
  }

  private Progress noneIsTheSame(Doubt doubt, Trail trail, List<String> like) throws IOException {
    long began = trail.began().orElse(0L);
    if (!doubt.lateEnough(began, trail.unreadable().isEmpty() ? 1 : PATIENCE)) {
      return doubt.later(like.isEmpty() ? "not there yet" : "not told apart yet: " + like);
    }
    return like.isEmpty()
        ? nothing(doubt, trail)
        : doubt.unclear("it may be " + String.join(", ", like) + ", which say nearly the same");
  }
}
