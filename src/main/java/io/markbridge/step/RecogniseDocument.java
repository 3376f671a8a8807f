package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Journal;
import io.markbridge.legacy.BodyField;
import io.markbridge.legacy.BodyRecognition;
import io.markbridge.legacy.HttpFile;
import io.markbridge.legacy.HttpReading;
import io.markbridge.legacy.InboxPath;
import io.markbridge.legacy.LegacyCall;
import io.markbridge.legacy.Recognition;
import io.markbridge.legacy.Utf8Text;
import io.markbridge.procedure.Bridge;
import io.markbridge.settings.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which legacy call a document is, whose it is, and of which product group: never by
 * guessing.
 */
@ApplicationScoped
public class RecogniseDocument {
  /** What is wrong with the row of an outbox: no new field has such a name. */
  static final String ROW_BROKEN = "outbox.row";

  private final Journal journal;
  private final Bridge bridge;
  private final BodyRecognition bodies;
  private final HttpFile httpFiles;
  private final Set<String> groups;

  @Inject
  public RecogniseDocument(Journal journal, Bridge bridge) {
    this.journal = journal;
    this.bridge = bridge;
    this.bodies = new BodyRecognition(bridge.legacyApi());
    this.httpFiles = new HttpFile(bridge.legacyApi());
    this.groups = DropNames.groups(bridge.settings(), bridge.preset());
  }

  /**
   * What it is.
   *
   * @return the document with kind, group, omsId, parameters and the place of its body
   * @throws DocumentRejectedException when nothing tells what it is
   */
  Document kind(Document document) throws DocumentRejectedException, IOException {
    if (document.given().containsKey(PlanDocuments.SIDE_FILE_BROKEN)) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.NOT_JSON,
              "",
              "",
              "reason",
              "side file .meta.json: " + document.given().get(PlanDocuments.SIDE_FILE_BROKEN)));
    }
    if (document.given().containsKey(ROW_BROKEN)) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.ROW_UNREADABLE, "", "", "reason", document.given().get(ROW_BROKEN)));
    }
    Payload payload = journal.chunks().payload(document.id(), document.size(), 0);
    boolean http = document.sourcePath().toLowerCase(Locale.ROOT).endsWith(".http");
    Document recognised = http ? fromHttp(document, payload) : fromBody(document, payload);
    refuseOtherCharset(
        recognised,
        journal.chunks().payload(document.id(), document.size(), recognised.bodyOffset()));
    return recognised;
  }

  /** Read in another one it would be sent as nonsense, and nobody would be told. */
  private static void refuseOtherCharset(Document document, Payload body)
      throws DocumentRejectedException, IOException {
    Optional<Charset> charset = charset(document);
    if (charset.isPresent() && !charset.get().name().startsWith("UTF-") && Utf8Text.is(body)) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.NOT_JSON, "", "", "reason", "utf-8", "charset", charset.get().name()));
    }
  }

  /**
   * Whose it is, and whether it says all that its call needs.
   *
   * @param document with its kind
   * @return the document with its account
   * @throws DocumentRejectedException when account, group or a parameter cannot be told
   */
  Document owner(Document document) throws DocumentRejectedException, IOException {
    LegacyCall call = bridge.legacyApi().call(document.kind().orElseThrow());
    Document owned =
        document.withAccount(
            call.accountIn().isEmpty() ? account(document, call) : accountIn(call, document));
    if (call.served() && document.sourcePath().toLowerCase(Locale.ROOT).endsWith(".http")) {
      missing(call, document.parameters().keySet());
    }
    if (call.served()
        && call.body() == LegacyCall.Body.JSON
        && call.grouped()
        && owned.productGroup().isEmpty()) {
      throw new DocumentRejectedException(PlanDocuments.unknownGroup());
    }
    return owned;
  }

  private Document fromBody(Document document, Payload payload)
      throws DocumentRejectedException, IOException {
    Optional<Charset> charset = charset(document);
    if (document.kind().isPresent()) {
      return document;
    }
    Recognition recognition = bodies.recognise(payload, charset);
    if (recognition instanceof Recognition.Unknown unknown) {
      throw new DocumentRejectedException(unknown.problem());
    }
    String kind = ((Recognition.Known) recognition).call().kind();
    return document.withKind(kind);
  }

  /**
   * A folder's character set that nobody knows stays unknown: trying again would wait for ever. The
   * start refuses it; a document may have come before.
   */
  static Optional<Charset> charset(Document document) throws DocumentRejectedException {
    if (document.charset().isEmpty()) {
      return Optional.empty();
    }
    try {
      return document.charset().map(Charset::forName);
    } catch (IllegalArgumentException unknown) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.SETTING_WRONG,
              "",
              "",
              "setting",
              "markbridge.folders.\"" + document.folder() + "\".charset",
              "value",
              document.charset().get()));
    }
  }

  private Document fromHttp(Document document, Payload payload)
      throws DocumentRejectedException, IOException {
    HttpReading reading = httpFiles.read(payload);
    if (reading instanceof HttpReading.Unreadable unreadable) {
      throw new DocumentRejectedException(unreadable.problem());
    }
    HttpReading.Request request = (HttpReading.Request) reading;
    Optional<Charset> charset =
        request.charset().isPresent() ? request.charset() : charset(document);
    Optional<String> group =
        request
            .productGroup()
            .map(said -> InboxPath.find(groups, said).orElse(said))
            .or(document::productGroup);
    if (document.productGroup().isPresent() && !document.productGroup().equals(group)) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.VALUES_CONTRADICT,
              "",
              "G3",
              "first",
              "folder " + document.productGroup().get(),
              "second",
              "path " + group.orElse("")));
    }
    return document.withCall(
        request.call().kind(),
        group,
        request.omsId(),
        request.parameters(),
        charset.map(Charset::name),
        request.bodyOffset());
  }

  private static void missing(LegacyCall call, Set<String> present)
      throws DocumentRejectedException {
    for (String required : call.required()) {
      if (!present.contains(required)) {
        throw new DocumentRejectedException(
            Problem.of(
                ProblemCode.FIELD_REQUIRED,
                required,
                "",
                "field",
                required,
                "where",
                "query of " + call.paths().get(0)));
      }
    }
  }

  /** The call itself, or its body, names the account at its operator. */
  private String accountIn(LegacyCall call, Document document)
      throws DocumentRejectedException, IOException {
    String field = call.accountIn();
    Optional<String> id =
        Optional.ofNullable(document.parameters().get(field))
            .or(() -> Optional.ofNullable(document.given().get(field)));
    if (id.isEmpty()) {
      id = bodyField(document, field);
    }
    if (id.filter(said -> !said.isBlank()).isEmpty()) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.FIELD_REQUIRED,
              "$." + field,
              "Y4",
              "field",
              field,
              "where",
              "<name>.meta.json; $." + field + "; a .http file: " + call.paths().get(0)));
    }
    Set<String> known = bridge.settings().accounts(call.operator());
    String name = Account.name(call.operator(), id.get());
    if (!known.contains(name)) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.ACCOUNT_NOT_SET,
              field,
              "Y4",
              "field",
              field,
              "id",
              id.get(),
              "accounts",
              known.isEmpty() ? "-" : String.join(", ", known)));
    }
    return name;
  }

  private String account(Document document, LegacyCall call)
      throws DocumentRejectedException, IOException {
    Set<String> accounts = bridge.settings().accounts();
    Optional<String> omsId = document.omsId();
    if (omsId.isEmpty()
        && document.account().isEmpty()
        && accounts.size() > 1
        && call.body() == LegacyCall.Body.JSON) {
      // Otherwise the mapping compares it, which reads the body anyway.
      omsId = bodyField(document, "omsId");
    }
    Optional<String> byOmsId = omsId.flatMap(bridge.settings()::accountOf);
    Optional<String> name = document.account().or(() -> byOmsId);
    if (document.account().isPresent()
        && byOmsId.isPresent()
        && !byOmsId.equals(document.account())) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.VALUES_CONTRADICT,
              "omsId",
              "G4",
              "first",
              "folder " + document.account().get(),
              "second",
              "omsId of account " + byOmsId.get()));
    }
    if (name.isEmpty() && accounts.size() == 1) {
      String only = accounts.iterator().next();
      // Where the account says its omsId, another one is somebody else's document.
      if (omsId.isEmpty() || bridge.settings().omsId(only).isEmpty()) {
        return only;
      }
    }
    return name.orElseThrow(
        () ->
            new DocumentRejectedException(
                Problem.of(
                    ProblemCode.ACCOUNT_UNKNOWN,
                    "omsId",
                    "G4",
                    "accounts",
                    String.join(", ", accounts))));
  }

  private Optional<String> bodyField(Document document, String field)
      throws DocumentRejectedException, IOException {
    return BodyField.read(
        journal.chunks().payload(document.id(), document.size(), document.bodyOffset()),
        charset(document),
        field,
        bodies.wrappers());
  }
}
