/**
 * Amazon Bedrock: its Converse format, the binary event stream in which it streams, and the
 * signature that AWS asks for.
 */
@NullMarked
package dev.gatehouse.gateway.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
