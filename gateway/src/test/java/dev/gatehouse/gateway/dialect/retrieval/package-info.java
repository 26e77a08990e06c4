@NullMarked
package dev.gatehouse.gateway.dialect.retrieval;

import org.jspecify.annotations.NullMarked;
