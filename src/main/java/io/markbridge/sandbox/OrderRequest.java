package io.markbridge.sandbox;

import java.util.List;

/**
 * What an order asks for.
 *
 * @param contractorTin empty where there is none, as {@code poNumber} is
 * @param contentHash over all that the order says, whatever the order of its keys
 */
record OrderRequest(
    String productGroup,
    String releaseMethodType,
    String contractorTin,
    String poNumber,
    boolean isPaid,
    List<Product> products,
    String contentHash) {

  /**
   * One product.
   *
   * @param serialNumbers empty where the operator makes them
   */
  record Product(String gtin, int quantity, String cisType, List<String> serialNumbers) {}
}
