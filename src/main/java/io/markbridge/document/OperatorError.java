package io.markbridge.document;

import java.util.Optional;

/**
 * An error as the operator told it (G6): kept verbatim, since its directory of codes is not public.
 *
 * @param code its code, a word or a number; empty where it gave none
 * @param text its text; empty where it gave none
 * @param parameter the field it names, where it names one
 */
public record OperatorError(String code, String text, Optional<String> parameter) {}
