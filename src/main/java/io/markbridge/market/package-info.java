/**
 * Yandex Market: the deprecated {@code PUT …/cis} of sellers' systems becomes {@code identifiers},
 * {@code boxes} or {@code cis} (rows Y of the change table). Everything that is data stands in
 * {@code config/operators/market.yaml}, {@code config/legacy/market.yaml} and {@code
 * config/mappings/market-cis.yaml}; here is what only the marketplace does: an order is read first
 * where its boxes need it, codes are checked by the marketplace, and replies have its shape.
 */
package io.markbridge.market;
