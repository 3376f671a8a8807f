package io.markbridge.cli;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.FilePayload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemSentences;
import io.markbridge.legacy.BodyField;
import io.markbridge.legacy.BodyRecognition;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.legacy.LegacyCall;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.legacy.MetaFile;
import io.markbridge.legacy.Recognition;
import io.markbridge.mapping.ChangeTable;
import io.markbridge.mapping.Directories;
import io.markbridge.mapping.FieldNote;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import io.markbridge.mapping.MappingRequest;
import io.markbridge.mapping.MappingTables;
import io.markbridge.mapping.OrderMemory;
import io.markbridge.mapping.TableMapper;
import io.markbridge.openapi.DocumentBodyStream;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Account;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code convert FILE}: the request that the bridge would send, without network and journal. Plain
 * picocli, so that it starts in a third of a second.
 */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the request that the bridge would send for a legacy document.",
      "Standard output: exactly the body; a document that splits gives one body a line. Nothing is"
          + " printed before the whole document has passed. Messages go to standard error.",
      "Exit status: 0 converted, 1 rejected (a legacy error on standard output), 2 used wrongly."
    })
public final class ConvertCommand implements Callable<Integer> {
  /** Where the running bridge puts the document's id: nobody takes it for one. */
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  private static final int CONVERTED = 0;
  private static final int REJECTED = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Legacy request body; FILE.meta.json counts too.")
  private Path file;

  @Option(names = "--kind", description = "order, utilisation, …; else told from the body.")
  private String kind;

  @Option(names = "--group", description = "Product group, as the legacy side names it.")
  private String group = "";

  @Option(names = "--account", description = "Account that the document belongs to.")
  private String account = "";

  @Option(
      names = "--target",
      description = "Of kinds that become one of several calls: identifiers, boxes or cis.")
  private String target;

  @Option(names = "--folder", description = "Folder below the inbox, for settings of a folder.")
  private String folder;

  @Option(names = "--operator", description = "Operator preset: uz, kz, …")
  private String operator;

  @Option(names = "--charset", description = "Where it is not UTF-8, such as windows-1251.")
  private String charset;

  @Option(names = "--set", paramLabel = "field=value", description = "Value of a new field; wins.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(names = "--decoded", description = "The inner document instead of its base64 wrapper.")
  private boolean decoded;

  @Option(names = "--explain", description = "Field by field what happened, instead of the body.")
  private boolean explain;

  @Option(names = "--json", description = "With --explain: as JSON.")
  private boolean json;

  @Option(names = "--part", paramLabel = "N", description = "Only this part, counted from 1.")
  private Integer part;

  @Option(names = "--language", description = "Language of messages: en or ru.")
  private String language;

  /** Whose documents these are, once their kind is known; empty for the site's own operator. */
  private String operatorOfKind = "";

  private final Supplier<ConvertSite> site;
  private final PrintStream output;
  private final PrintStream errors;
  private final Clock clock;

  /**
   * @param site asked once the command line is known to be right
   * @param output standard output, in bytes
   */
  public ConvertCommand(
      Supplier<ConvertSite> site, PrintStream output, PrintStream errors, Clock clock) {
    this.site = site;
    this.output = output;
    this.errors = errors;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    ConvertSite known = site.get();
    checkCommandLine(known);
    OperatorPreset preset;
    try {
      preset = OperatorPreset.load(known.files(), operator == null ? known.operator() : operator);
    } catch (java.io.FileNotFoundException exception) {
      throw wrong("there is no operator preset: " + exception.getMessage());
    }
    MappingTables tables = MappingTables.load(known.files());
    Path temporary = Files.createTempDirectory("markbridge-convert");
    try (PartFolder parts = new PartFolder(temporary)) {
      return convert(known, preset, tables, parts);
    } catch (DocumentRejectedException exception) {
      OperatorPreset own = preset.named(operatorOfKind);
      output.print(LegacyErrors.of(own, sentences(known)::say).problems(exception.problems()));
      output.print("\n");
      output.flush();
      for (Problem problem : exception.problems()) {
        errors.println(problem.code() + " " + sentences(known).say(problem));
      }
      return REJECTED;
    }
  }

  private int convert(
      ConvertSite known, OperatorPreset preset, MappingTables tables, PartFolder parts)
      throws DocumentRejectedException, IOException {
    FilePayload payload = new FilePayload(file);
    Optional<Charset> read = Optional.ofNullable(charset).map(this::charsetNamed);
    String documentKind = kind(known, tables, payload, read);
    checkGiven(tables, documentKind);
    Map<String, String> values = new LinkedHashMap<>(sideFile());
    values.putAll(given);
    if (target != null) {
      if (!tables.givenNames(documentKind).contains("target")) {
        throw wrong("--target " + target + ": documents of kind " + documentKind + " have none");
      }
      values.put("target", target);
    }
    String owner = account(known, documentKind, payload, read, values);
    TableMapper mapper =
        new TableMapper(
            tables,
            preset,
            Directories.load(known.files()),
            known.defaults(),
            parts.directory().resolve("codes"));
    MappedDocument document =
        mapper.map(
            new MappingRequest(
                documentKind,
                group,
                owner,
                known.accountTin().apply(owner),
                folder == null ? group : folder,
                values,
                read,
                clock.instant(),
                payload,
                NO_ID),
            OrderMemory.EMPTY,
            AcceptedCodes.NONE,
            parts);
    print(known, ChangeTable.load(known.files(), tables.rows()), document, preset, parts);
    return CONVERTED;
  }

  private void print(
      ConvertSite known,
      ChangeTable table,
      MappedDocument document,
      OperatorPreset preset,
      PartFolder parts)
      throws IOException {
    List<MappedPart> wanted =
        document.parts().stream().filter(one -> part == null || one.number() == part).toList();
    if (part != null && wanted.isEmpty()) {
      throw wrong("the document has " + document.parts().size() + " parts, --part " + part);
    }
    if (explain) {
      new ExplainText(document.notes(), table, language(known)).write(output, json);
    } else if (wanted.isEmpty()) {
      errors.println("this document states nothing by usageType and report-on: nothing is sent");
    } else {
      bodies(wanted, preset, parts);
    }
    if (!wanted.isEmpty()) {
      wanted.forEach(this::tell);
      document.notes().stream()
          .filter(note -> note.action().equals("repaired"))
          .forEach(this::tell);
    }
    output.flush();
  }

  private void bodies(List<MappedPart> wanted, OperatorPreset preset, PartFolder parts)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(output, 64 * 1024);
    for (MappedPart one : wanted) {
      boolean wrap = preset.call(one.call()).body().equals("base64-document") && !decoded;
      try (InputStream body = parts.read(one.number());
          InputStream sent = wrap ? DocumentBodyStream.wrap(body) : body) {
        sent.transferTo(buffered);
      }
      if (wanted.size() > 1) {
        buffered.write('\n');
      }
    }
    buffered.flush();
    if (output.checkError()) {
      throw new IOException("writing to standard output failed");
    }
  }

  private void tell(MappedPart one) {
    errors.println(
        "part "
            + one.number()
            + ": "
            + one.call()
            + (one.query().isEmpty() ? "" : " " + one.query())
            + ", "
            + one.codes()
            + " codes, "
            + one.size()
            + " bytes, level "
            + one.level());
  }

  /** A repaired code is not the code that came: nobody should overlook it. */
  private void tell(FieldNote note) {
    errors.println(
        "repaired: "
            + note.count()
            + " code(s) in "
            + note.from()
            + ", "
            + note.source().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /** Some calls name their account themselves. */
  private String account(
      ConvertSite known,
      String documentKind,
      FilePayload payload,
      Optional<Charset> read,
      Map<String, String> values)
      throws IOException {
    LegacyCall call = LegacyApi.load(known.files(), "suz").call(documentKind);
    operatorOfKind = call.operator();
    if (!account.isEmpty() || call.accountIn().isEmpty()) {
      return account;
    }
    Optional<String> id = Optional.ofNullable(values.get(call.accountIn()));
    if (id.isEmpty()) {
      id = BodyField.read(payload, read, call.accountIn(), Set.of());
    }
    return id.map(one -> Account.name(call.operator(), one)).orElse("");
  }

  private String kind(
      ConvertSite known, MappingTables tables, FilePayload payload, Optional<Charset> read)
      throws DocumentRejectedException, IOException {
    if (kind == null) {
      LegacyApi api = LegacyApi.load(known.files(), "suz");
      Recognition recognition = new BodyRecognition(api).recognise(payload, read);
      if (recognition instanceof Recognition.Unknown unknown) {
        throw new DocumentRejectedException(unknown.problem());
      }
      LegacyCall call = ((Recognition.Known) recognition).call();
      if (!tables.kinds().contains(call.kind())) {
        throw new DocumentRejectedException(
            api.notServed(call, language == null ? known.language() : language));
      }
      return call.kind();
    }
    if (!tables.kinds().contains(kind)) {
      throw wrong("--kind " + kind + ": known are " + tables.kinds().stream().sorted().toList());
    }
    return kind;
  }

  private void checkCommandLine(ConvertSite known) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw wrong("there is no file " + file);
    }
    String wanted = language == null ? known.language() : language;
    if (!List.of("en", "ru").contains(wanted)) {
      throw wrong("--language " + wanted + ": known are en, ru");
    }
    if (json && !explain) {
      throw wrong("--json goes with --explain; the body is JSON already");
    }
    if (charset != null) {
      charsetNamed(charset);
    }
  }

  private void checkGiven(MappingTables tables, String documentKind) {
    for (String name : given.keySet()) {
      if (tables.givenNames(documentKind).contains(name)) {
        continue;
      }
      if (tables.kinds().stream().anyMatch(other -> tables.givenNames(other).contains(name))) {
        // The same settings for a folder of orders and reports are no mistake.
        errors.println("--set " + name + ": not used for " + documentKind);
        continue;
      }
      throw wrong(
          "--set "
              + name
              + ": fields of "
              + documentKind
              + " that can be set are "
              + tables.givenNames(documentKind).stream().sorted().toList());
    }
  }

  private Map<String, String> sideFile() throws DocumentRejectedException, IOException {
    String name = file.getFileName().toString();
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    Path beside = file.resolveSibling(stem + ".meta.json");
    MetaFile meta;
    try {
      meta = MetaFile.read(new FilePayload(beside));
    } catch (NoSuchFileException exception) {
      return Map.of();
    }
    if (!meta.problems().isEmpty()) {
      throw new DocumentRejectedException(meta.problems());
    }
    return meta.values();
  }

  private Charset charsetNamed(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException exception) {
      throw wrong("--charset " + name + ": unknown");
    }
  }

  private ProblemSentences sentences(ConvertSite known) {
    return new ProblemSentences(language(known));
  }

  private Locale language(ConvertSite known) {
    return Locale.forLanguageTag(language == null ? known.language() : language);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), "convert: " + message);
  }

  /** Standard streams in UTF-8, whatever the terminal's default is. */
  public static ConvertCommand standard(Supplier<ConvertSite> site) {
    return new ConvertCommand(
        site,
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
        Clock.systemUTC());
  }
}
