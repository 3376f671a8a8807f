package io.markbridge.procedure;

import io.markbridge.mapping.Mapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The procedure of every document kind. */
public final class Procedures {
  private final Map<String, Procedure> byKind = new LinkedHashMap<>();

  public Procedures(List<Procedure> procedures) {
    procedures.forEach(procedure -> procedure.kinds().forEach(kind -> byKind.put(kind, procedure)));
  }

  /**
   * The procedures of OPEN API.
   *
   * @param fields old names of the fields that the operator names
   * @param withoutTail a code without its crypto tail; gives back as it is what is no code
   */
  public static List<Procedure> ofOpenApi(
      Bridge bridge, Mapper mapper, LegacyFields fields, UnaryOperator<String> withoutTail) {
    CodePacks codePacks = new CodePacks(bridge, withoutTail);
    DocumentErrors documentErrors = new DocumentErrors(bridge, withoutTail);
    StatementPlanner planner = new StatementPlanner(bridge, mapper);
    Refusals refusals = new Refusals(bridge, planner, mapper, fields);
    return List.of(
        new StatementProcedure(bridge, planner, refusals, new OrderStatement(bridge, codePacks)),
        new StatementProcedure(
            bridge, planner, refusals, new UtilisationStatement(bridge, documentErrors)),
        new StatementProcedure(
            bridge, planner, refusals, new AggregationStatement(bridge, documentErrors)),
        new QueryProcedure(bridge, new OrderListQuestion()),
        new QueryProcedure(bridge, SimpleQuestions.bufferStatus()),
        new QueryProcedure(bridge, SimpleQuestions.blocks()),
        new QueryProcedure(bridge, SimpleQuestions.bufferClose()),
        new QueryProcedure(bridge, new CodesQuestion(codePacks)),
        new QueryProcedure(bridge, new CodesRetryQuestion(codePacks)),
        new QueryProcedure(bridge, new ReportInfoQuestion()),
        new LocalProcedure(bridge));
  }

  public Optional<Procedure> of(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }
}
