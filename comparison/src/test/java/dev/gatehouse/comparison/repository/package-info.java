/** Git repositories for tests, made by code. */
@NullMarked
package dev.gatehouse.comparison.repository;

import org.jspecify.annotations.NullMarked;
