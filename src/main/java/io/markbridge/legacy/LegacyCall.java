package io.markbridge.legacy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call of the legacy API, as {@code config/legacy/suz.yaml} describes it.
 *
 * @param kind the name of the document kind: {@code order}, {@code codes-retry}, …
 * @param method HTTP method
 * @param paths after {@code /api/v2/<group>}; the first is the usual one
 * @param grouped whether a product group leads the path
 * @param required query parameters without which the call cannot be served
 * @param optional the other query parameters it knows
 * @param body what body it takes
 * @param effect whether repeating it changes something
 * @param equal what a document with equal content means (design decision 5)
 * @param served whether the bridge serves it; those that it does not are change table X7
 * @param operator name of the preset that such documents go to; empty for the site's own
 * @param prefix what leads its paths
 * @param accountIn the field, or the place of the path, that names the account at that operator;
 *     empty where folder and omsId tell it
 * @param instead for calls not served: what to do instead, by language ({@code en}, {@code ru})
 */
public record LegacyCall(
    String kind,
    String method,
    List<String> paths,
    boolean grouped,
    Set<String> required,
    Set<String> optional,
    Body body,
    boolean effect,
    EqualContent equal,
    boolean served,
    String operator,
    String prefix,
    String accountIn,
    Map<String, String> instead) {

  /** What body a call takes. */
  public enum Body {
    /** None; whatever comes is not read. */
    NONE,
    /** A JSON object. */
    JSON,
    /** None, {@code {}} or a form: nothing in it is read. */
    OPTIONAL,
    /** A multipart upload: taken, not read. */
    MULTIPART
  }

  /** What is done with a document that is equal to an earlier one. */
  public enum EqualContent {
    /** It is answered with the earlier reply. */
    AGAIN,
    /** A person decides. */
    HELD,
    /** It is never taken for a duplicate. */
    NEW
  }
}
