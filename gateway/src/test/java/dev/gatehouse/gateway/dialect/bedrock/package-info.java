@NullMarked
package dev.gatehouse.gateway.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
