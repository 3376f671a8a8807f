package io.markbridge.sandbox;

import java.util.List;

/**
 * An order whose codes are there at once.
 *
 * @param codes whole codes, with GS and crypto tail; made as they are read, so a million cost
 *     nothing
 */
public record IssuedOrder(String orderId, List<String> codes) {}
