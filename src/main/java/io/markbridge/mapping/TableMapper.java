package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.operator.OperatorPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Maps documents by the tables of {@code config/mappings}. Holds one entry of a document in memory,
 * never the document; safe for several threads.
 */
public final class TableMapper implements Mapper {
  /** Folder, row or path tell it; a side file may say the same. */
  private static final String GROUP = "productGroup";

  private final MappingTables tables;
  private final OperatorPreset preset;
  private final Directories directories;
  private final SiteDefaults defaults;
  private final Path temporaryDirectory;

  /**
   * @param temporaryDirectory for files of hashes, 8 bytes a code, which are always deleted;
   *     created when missing
   */
  public TableMapper(
      MappingTables tables,
      OperatorPreset preset,
      Directories directories,
      SiteDefaults defaults,
      Path temporaryDirectory) {
    this.tables = tables;
    this.preset = preset;
    this.directories = directories;
    this.defaults = defaults;
    this.temporaryDirectory = temporaryDirectory;
  }

  @Override
  public MappedDocument map(
      MappingRequest request, OrderMemory memory, AcceptedCodes accepted, PartSink sink)
      throws DocumentRejectedException, IOException {
    DocumentContext context = context(request, memory);
    refuseUnknownGiven(request);
    MappingTable table = Targets.choose(tables.targets(request.kind()), context);
    try (CodeLedger ledger = new CodeLedger(temporaryDirectory, request.payload().size())) {
      return new DocumentMapping(table, context, ledger, accepted, sink).run();
    }
  }

  @Override
  public String call(MappingRequest request) throws DocumentRejectedException {
    return Targets.choose(tables.targets(request.kind()), context(request, OrderMemory.EMPTY))
        .call();
  }

  @Override
  public List<Map<String, String>> places(MappingRequest request, List<Named> requests)
      throws DocumentRejectedException, IOException {
    DocumentContext context = context(request, OrderMemory.EMPTY);
    MappingTable table = Targets.choose(tables.targets(request.kind()), context);
    return new EntryPlaces(table, context).of(requests);
  }

  /**
   * What is given beside a document was written for the bridge: a name that no kind has is a
   * mistake in writing, and the value of another source would be stated instead.
   */
  private void refuseUnknownGiven(MappingRequest request) throws DocumentRejectedException {
    Set<String> known = new TreeSet<>();
    tables.kinds().forEach(kind -> known.addAll(tables.givenNames(kind)));
    String group = request.given().getOrDefault(GROUP, request.productGroup()).strip();
    if (!group.equalsIgnoreCase(request.productGroup())) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.VALUES_CONTRADICT,
              "meta." + GROUP,
              "G3",
              "first",
              GROUP + " " + group,
              "second",
              "group " + request.productGroup()));
    }
    known.add(GROUP);
    List<Problem> problems =
        request.given().keySet().stream()
            .filter(name -> !known.contains(name))
            .map(
                name ->
                    Problem.of(
                        ProblemCode.VALUE_NOT_ALLOWED,
                        "meta." + name,
                        "",
                        "value",
                        name,
                        "allowed",
                        String.join(", ", tables.givenNames(request.kind()))))
            .toList();
    if (!problems.isEmpty()) {
      throw new DocumentRejectedException(problems);
    }
  }

  /** With the preset of the operator whose documents these are. */
  private DocumentContext context(MappingRequest request, OrderMemory memory)
      throws DocumentRejectedException {
    List<MappingTable> targets = tables.targets(request.kind());
    if (targets.isEmpty()) {
      throw new DocumentRejectedException(Problem.of(ProblemCode.UNKNOWN_KIND, "", ""));
    }
    return new DocumentContext(
        request, preset.ofCall(targets.get(0).call()), directories, defaults, memory);
  }
}
