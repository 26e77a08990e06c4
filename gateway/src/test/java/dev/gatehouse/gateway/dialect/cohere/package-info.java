@NullMarked
package dev.gatehouse.gateway.dialect.cohere;

import org.jspecify.annotations.NullMarked;
