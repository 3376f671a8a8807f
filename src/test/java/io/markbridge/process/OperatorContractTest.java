package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkus.test.common.TestResourceScope.RESTRICTED_TO_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.markbridge.Patience;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Journal;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the operator can answer, and what the bridge makes of it: each shape of an error through the
 * running bridge to reply, timeline and state. Each test has an account of its own.
 */
@QuarkusTest
@WithTestResource(value = StandInOperator.class, scope = RESTRICTED_TO_CLASS)
class OperatorContractTest {
  private static final int OWN = 2;

  @Inject Journal journal;

  @BeforeEach
  void start() throws Exception {
    OperatorStubs.once();
  }

  private static void answers(String account, ResponseDefinitionBuilder answer) {
    stub(account, post(urlPathEqualTo("/api/orders")), answer);
  }

  private static void stub(
      String account, MappingBuilder mapping, ResponseDefinitionBuilder answer) {
    StandInOperator.server()
        .stubFor(
            mapping
                .withHeader("Authorization", equalTo(StandInOperator.bearer(account)))
                .atPriority(OWN)
                .willReturn(answer));
  }

  private static String drop(String account, String name) {
    String place = account + "/water/" + name;
    BridgeHere.files()
        .put(place + ".json", LegacyBodies.order("PO-" + account + "-" + name, 2).toString());
    return place;
  }

  private static List<LoggedRequest> posts(String account) {
    return WireRows.all().stream()
        .filter(one -> one.getBodyAsString().contains("\"PO-" + account + "-"))
        .toList();
  }

  private List<TimelineEntry> timeline(String place) {
    String id = BridgeHere.files().await(place + ".status.json").at("/bridge/document").asText();
    return journal.documents().timeline(id);
  }

  /** Waits until the timeline tells something. */
  private TimelineEntry told(String place, String event) {
    Predicate<TimelineEntry> wanted = entry -> entry.event().equals(event);
    Patience.await(event + " on the timeline of " + place)
        .until(() -> timeline(place).stream().anyMatch(wanted));
    return timeline(place).stream().filter(wanted).findFirst().orElseThrow();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "permission",
            status(400)
                .withBody(
                    "{\"globalErrors\":[{\"error\":\"No permission for"
                        + " operation\",\"errorCode\":201}]}"),
            "not permitted",
            201,
            "No permission for operation"),
        Arguments.of(
            "listed",
            status(400)
                .withBody(
                    "[{\"code\":\"invalid-input-parameter\",\"context\":{\"parameter\":\"products[0].gtin\"}}]"),
            "refused",
            9501,
            "invalid-input-parameter"),
        Arguments.of(
            "numbered",
            status(400)
                .withBody("[{\"errorId\":77,\"context\":{\"description\":\"Too many codes\"}}]"),
            "refused",
            77,
            "Too many codes"),
        Arguments.of(
            "denied",
            status(403).withBody("{\"code\":\"access-denied\"}"),
            "not permitted",
            9501,
            "access-denied"),
        Arguments.of("narrow", status(406), "refused", 9501, "HTTP 406"),
        Arguments.of(
            "disguised",
            okJson("{\"globalErrors\":[{\"error\":\"Order limit\",\"errorCode\":42}]}"),
            "refused",
            42,
            "Order limit"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aRefusalIsToldVerbatimAndNotRepeated(
      String account, ResponseDefinitionBuilder answer, String event, int errorCode, String says) {
    answers(account, answer);
    String place = drop(account, "a");

    JsonNode error = BridgeHere.files().await(place + ".error.json");

    assertThat(error.path("success").asBoolean(true)).isFalse();
    assertThat(error.at("/globalErrors/0/errorCode").asInt()).isEqualTo(errorCode);
    assertThat(error.at("/globalErrors/0/error").asText()).contains(says);
    assertThat(told(place, event).detail()).contains(says, "POST /api/orders");
    JsonNode status = BridgeHere.files().awaitOrder(place, "DECLINED");
    assertThat(status.at("/bridge/state").asText()).isEqualTo("REJECTED");
    assertThat(status.path("declineReason").asText()).contains(says);
    assertThat(BridgeHere.files().read(place + ".reply.json")).isEmpty();
    assertThat(posts(account)).hasSize(1);
    BridgeHere.files().awaitFailed(place + ".json");
    assertThat(WireRows.all()).noneMatch(one -> one.getUrl().contains("/cod/public"));
  }

  @Test
  void everyErrorIsTold() {
    answers(
        "listed",
        status(400)
            .withBody(
                "[{\"code\":\"first-error\",\"context\":{\"parameter\":\"products[0].gtin\"}},"
                    + "{\"code\":\"second-error\"}]"));
    String place = drop("listed", "all");
    JsonNode error = BridgeHere.files().await(place + ".error.json");
    assertThat(error.at("/fieldErrors/0/fieldName").asText()).isEqualTo("products[0].gtin");
    assertThat(error.toString()).contains("first-error", "second-error");
  }

  static Stream<Arguments> lostAnswers() {
    return Stream.of(
        Arguments.of(
            "html",
            status(502)
                .withHeader("Content-Type", "text/html")
                .withBody("<html><body><h1>Bad Gateway</h1></body></html>"),
            "operator failed",
            "Bad Gateway"),
        Arguments.of("textual", aResponse().withBody("OK"), "answer lost", "without a JSON body"),
        Arguments.of(
            "reset",
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            "answer lost",
            "POST /api/orders"),
        Arguments.of(
            "half",
            aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
            "answer lost",
            "POST /api/orders"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lostAnswers")
  void whatMayHaveHadAnEffectIsInDoubtAndNeverSentAgain(
      String account, ResponseDefinitionBuilder answer, String event, String says) {
    answers(account, answer);
    String place = drop(account, "a");

    TimelineEntry entry = told(place, event);

    assertThat(entry.detail()).contains(says).doesNotContain("<h1>");
    JsonNode status = BridgeHere.files().awaitOrder(place, "PENDING");
    assertThat(BridgeHere.files().read(place + ".error.json")).isEmpty();
    assertThat(BridgeHere.files().read(place + ".reply.json")).isEmpty();
    String document = status.at("/bridge/document").asText();
    assertThat(journal.submissions().of(document).get(0).state().name()).isEqualTo("IN_DOUBT");
    // A later document goes its way meanwhile; the one in doubt is not sent with it.
    answers(account, okJson("{\"orderId\":\"later\"}"));
    BridgeHere.files().await(drop(account, "later") + ".reply.json");
    assertThat(posts(account)).hasSize(2);
    assertThat(posts(account))
        .filteredOn(one -> one.getBodyAsString().contains("PO-" + account + "-a"))
        .hasSize(1);
  }

  @Test
  void aQuestionThatFailedIsAskedAgain() {
    String scenario = "a gateway that comes back";
    MappingBuilder question = get(urlPathEqualTo("/api/orders"));
    stub(
        "polled",
        question.inScenario(scenario).whenScenarioStateIs("Started").willSetStateTo("back"),
        status(502).withBody("<html>Bad Gateway</html>"));
    String place = drop("polled", "a");
    BridgeHere.files().awaitOrder(place, "READY");
    assertThat(told(place, "operator failed").detail()).contains("GET /api/orders", "502");
    assertThat(BridgeHere.files().read(place + ".error.json")).isEmpty();
  }

  @Test
  void tooManyRequestsPauseEveryoneOfTheLimit() {
    answers("busy", okJson("{\"orderId\":\"o\"}"));
    // Once only: however late the test is, what comes after the pause is taken.
    stub(
        "busy",
        post(urlPathEqualTo("/api/orders"))
            .inScenario("busy")
            .whenScenarioStateIs("Started")
            .willSetStateTo("again"),
        status(429).withHeader("Retry-After", "2"));
    String first = drop("busy", "first");
    told(first, "over the limit");
    String second = drop("busy", "second");
    BridgeHere.files().await(first + ".reply.json");
    BridgeHere.files().await(second + ".reply.json");

    List<LoggedRequest> posts = posts("busy");
    assertThat(posts).hasSize(3);
    long refused = posts.get(0).getLoggedDate().getTime();
    assertThat(posts.subList(1, 3))
        .allSatisfy(
            one ->
                assertThat(one.getLoggedDate().getTime()).isGreaterThanOrEqualTo(refused + 2000));
    assertThat(BridgeHere.files().read(first + ".error.json")).isEmpty();
  }

  /** The first answers of an account under its first token; then everything is well. */
  private static void refusesToken(String account, ResponseDefinitionBuilder refusal) {
    answers(account, refusal);
    StandInOperator.server()
        .stubFor(
            post("/api/users/tokens/refresh")
                .withRequestBody(equalTo("refreshToken=refresh-login-" + account))
                .atPriority(OWN)
                .willReturn(
                    okJson(
                        "{\"accessToken\":\"second-"
                            + account
                            + "\",\"accessTokenExpiresIn\":1800000,\"refreshToken\":\"r\"}")));
  }

  static Stream<Arguments> refusedTokens() {
    return Stream.of(
        Arguments.of("unauthorised", status(401)),
        Arguments.of(
            "inactive",
            status(400)
                .withBody("{\"code\":\"unknown\",\"context\":{\"_cause\":\"inactive-token\"}}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedTokens")
  void aRefusedTokenIsReplacedAndTheCallRepeatedOnce(
      String account, ResponseDefinitionBuilder refusal) throws Exception {
    refusesToken(account, refusal);
    String place = drop(account, "a");
    BridgeHere.files().await(place + ".reply.json");

    assertThat(posts(account))
        .extracting(one -> one.getHeader("Authorization"))
        .containsExactly(StandInOperator.bearer(account), "Bearer second-" + account);
    assertThat(timeline(place))
        .extracting(TimelineEntry::event)
        .doesNotContain("not authenticated");
    List<LoggedRequest> tokens = tokenRequests(account);
    assertThat(tokens)
        .extracting(WireRows::path)
        .containsExactly("/api/users/authenticate", "/api/users/tokens/refresh");
    assertThat(tokens.get(0).getHeader("Content-Type")).startsWith("application/json");
    assertThat(WireRows.JSON.readTree(tokens.get(0).getBody()).path("password").asText())
        .isEqualTo("password-" + account);
    assertThat(tokens.get(1).getHeader("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
  }

  private static List<LoggedRequest> tokenRequests(String account) {
    return WireRows.all().stream()
        .filter(one -> WireRows.path(one).startsWith("/api/users/"))
        .filter(one -> one.getBodyAsString().contains("login-" + account))
        .toList();
  }

  @Test
  void aCallIsRepeatedOnlyOnceAtATime() {
    refusesToken("stubborn", status(401));
    StandInOperator.server()
        .stubFor(
            post(urlPathEqualTo("/api/orders"))
                .withHeader("Authorization", equalTo("Bearer second-stubborn"))
                .inScenario("stubborn")
                .whenScenarioStateIs("Started")
                .willSetStateTo("well")
                .atPriority(OWN)
                .willReturn(status(401)));
    String place = drop("stubborn", "a");
    BridgeHere.files().await(place + ".reply.json");
    assertThat(timeline(place))
        .extracting(TimelineEntry::event)
        .containsOnlyOnce("not authenticated");
    assertThat(posts("stubborn")).hasSize(3);
  }

  @Test
  void aRefusedLoginWaitsAndSendsNothing() {
    String place = drop("wrong", "a");
    assertThat(told(place, "not authenticated").detail())
        .contains("user-incorrect-login-or-password", "markbridge.accounts.wrong.login")
        .doesNotContain("password-wrong");
    BridgeHere.files().awaitOrder(place, "PENDING");
    assertThat(posts("wrong")).isEmpty();
    assertThat(BridgeHere.files().read(place + ".error.json")).isEmpty();
  }

  @Test
  void secretsAreNeitherLoggedNorKept() throws Exception {
    try (LogCollector logs = LogCollector.ofEverything()) {
      StandInOperator.server()
          .stubFor(
              post(urlPathEqualTo("/api/orders"))
                  .withRequestBody(containing("PO-secret"))
                  .withHeader("Authorization", equalTo(StandInOperator.bearer("secret")))
                  .atPriority(OWN)
                  .willReturn(status(400).withBody("{\"code\":\"refused-secretly\"}")));
      String place = drop("secret", "a");
      BridgeHere.files().await(place + ".error.json");
      Patience.await("a line about it").until(() -> logs.text().contains(place));
      BridgeHere.files().awaitFailed(place + ".json");
      assertThat(logs.text()).doesNotContain(secrets("secret"));
    }
    // What moves meanwhile is looked for again.
    String kept =
        Patience.await("a look at all files")
            .ignoreExceptionsMatching(
                moved -> moved instanceof IOException || moved instanceof UncheckedIOException)
            .until(OperatorContractTest::kept, Objects::nonNull);
    assertThat(kept).contains("PO-secret-a", "refused-secretly");
    assertThat(kept).doesNotContain(secrets("secret"));
  }

  private static List<String> secrets(String account) {
    return List.of(
        "access-login-" + account,
        "refresh-login-" + account,
        "password-" + account,
        "login-" + account);
  }

  /** Every byte of the journal and of the replies. */
  private static String kept() throws Exception {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(StandInOperator.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return String.join("\n", all);
  }
}
